import { describe, expect, test } from "vitest";
import { dayMs } from "@/lib/core/time";
import { defaultSettings } from "@/lib/settings/schema";
import { checkSecurity, countChecks, countWords } from "./check-security";
import type { SecurityFacts } from "./read-facts";

const now = new Date("2026-11-21T12:00:00Z");
const daysAgo = (days: number) => new Date(now.getTime() - days * dayMs);
const admin = (id: string, given = {}) => ({
  id,
  email: `${id}@example.org`,
  isPasswordGenerated: false,
  hasFactor: true,
  ...given,
});

const install: SecurityFacts["install"] = {
  version: "1.0.0",
  baseUrl: "https://models.example.org",
  isHttps: true,
  host: "127.0.0.1",
  port: 3000,
  isOnlyThisMachine: false,
  isBehindProxy: true,
  database: "sqlite",
  databasePlace: "/data/adyton.db",
  durability: "full",
  trustedProxies: ["127.0.0.1"],
  isProxyTrusted: true,
  corsOrigins: [],
} as SecurityFacts["install"];

/** An install where nothing is left to do. */
const best: SecurityFacts = {
  install,
  settings: { ...defaultSettings, second_factor_admins: true },
  admins: [admin("ana"), admin("ben")],
  keys: { unused: 0, leaked: 0, old: 0 },
  unlimited: [],
  selfId: "ana",
  canMail: true,
  lastBackupAt: daysAgo(1),
  auditBrokenAt: null,
  secretsMadeAt: daysAgo(300),
  isDemo: false,
  now,
};

type Given = Partial<Omit<SecurityFacts, "install" | "settings">> & {
  install?: object;
  settings?: object;
};
const factsOf = ({ install: host, settings, ...given }: Given): SecurityFacts => ({
  ...best,
  ...given,
  install: { ...install, ...host },
  settings: { ...best.settings, ...settings },
});
const checksOf = (given: Given) => checkSecurity(factsOf(given)).flatMap(({ checks }) => checks);

test("where everything is in order, it says so and asks for nothing", () => {
  const checks = checksOf({});
  expect(checks.filter(({ state }) => state !== "good")).toEqual([]);
  expect(checks.filter(({ cure }) => cure)).toEqual([]);
  expect(new Set(checks.map(({ key }) => key)).size).toBe(checks.length);
  expect(countWords(countChecks(checkSecurity(best)))).toBe("Everything is in order");
});

const http = { isHttps: false, baseUrl: "http://10.0.0.5:3000", isBehindProxy: false };
const without = [admin("ana", { hasFactor: false }), admin("ben")];
const twoPlans = [{ id: "a", name: "Lab", members: 1 }];

describe("each rule", () => {
  test.each<[string, string, string, string, Given]>([
    ["http for others", "transport", "act", "", { install: http }],
    ["http at home", "transport", "good", "", { install: { ...http, isOnlyThisMachine: true } }],
    ["an unnamed proxy", "proxy", "act", "", { install: { trustedProxies: [] } }],
    ["a way around the proxy", "exposed", "consider", "", { install: { host: "0.0.0.0" } }],
    [
      "the proxy's own factors",
      "proxy-sign-in",
      "consider",
      "/admin/settings",
      { settings: { proxy_asks_second_factor: true } },
    ],
    [
      "an administrator without a factor",
      "admin-factors",
      "act",
      "/account/security",
      { admins: without, settings: { second_factor_admins: false } },
    ],
    [
      "another one without",
      "admin-factors",
      "act",
      "/admin/settings",
      { admins: without, selfId: "ben", settings: { second_factor_admins: false } },
    ],
    ["one who will be asked", "admin-factors", "consider", "/account/security", { admins: without }],
    [
      "one at home",
      "admin-factors",
      "consider",
      "/account/security",
      { admins: without, install: { isOnlyThisMachine: true } },
    ],
    [
      "factors by choice",
      "admin-factors",
      "consider",
      "/admin/settings",
      { settings: { second_factor_admins: false } },
    ],
    [
      "an own generated password",
      "generated-password",
      "consider",
      "/account",
      { admins: [admin("ana", { isPasswordGenerated: true }), admin("ben")] },
    ],
    [
      "another's generated password",
      "generated-password",
      "consider",
      "/admin/users/ben",
      { admins: [admin("ana"), admin("ben", { isPasswordGenerated: true })] },
    ],
    ["one administrator", "second-admin", "consider", "/admin/users", { admins: [admin("ana")] }],
    [
      "open to everybody",
      "registration",
      "consider",
      "/admin/settings",
      { settings: { registration: "open" } },
    ],
    [
      "open to domains",
      "registration",
      "good",
      "",
      { settings: { registration: "open", registration_domains: ["a.org"] } },
    ],
    ["by invitation", "registration", "good", "", { settings: { registration: "invitation" } }],
    ["no mail server", "mail-server", "consider", "/admin/mail", { canMail: false }],
    [
      "no mail server, open",
      "mail-server",
      "act",
      "/admin/mail",
      { canMail: false, settings: { registration: "open" } },
    ],
    [
      "a leaked key",
      "api-keys",
      "act",
      "/admin/keys?state=frozen",
      { keys: { unused: 3, leaked: 1, old: 2 } },
    ],
    [
      "an unused key",
      "api-keys",
      "consider",
      "/admin/keys?state=live&used=unused_90d",
      { keys: { unused: 3, leaked: 0, old: 2 } },
    ],
    [
      "an old key",
      "api-keys",
      "consider",
      "/admin/keys?state=live&sort=created_at&order=asc",
      { keys: { unused: 0, leaked: 0, old: 2 } },
    ],
    ["members without limits", "member-limits", "consider", "/admin/plans", { unlimited: twoPlans }],
    [
      "strangers without a bound",
      "strangers",
      "consider",
      "/admin/settings",
      { settings: { anonymous_per_minute: 1_001 } },
    ],
    ["no backup", "backup", "act", "", { lastBackupAt: null }],
    ["an old backup", "backup", "act", "", { lastBackupAt: daysAgo(8) }],
    ["a backup of a week", "backup", "good", "", { lastBackupAt: daysAgo(7) }],
    ["Postgres", "backup", "consider", "", { install: { database: "postgres" }, lastBackupAt: null }],
    ["durability", "durability", "consider", "", { install: { durability: "normal" } }],
    ["a broken log", "audit-log", "act", "/admin/audit", { auditBrokenAt: 7 }],
    ["old secrets", "secret-age", "consider", "", { secretsMadeAt: daysAgo(366) }],
    ["a demonstration", "demo", "act", "", { isDemo: true }],
  ])("%s", (_name, key, state, href, given) => {
    const check = checksOf(given).find((one) => one.key === key);
    expect([check?.state, check?.cure?.href ?? ""]).toEqual([state, href]);
    // What is not in order says how to mend it, and everything is whole sentences.
    if (state !== "good") expect(check?.cure?.text).toBeTruthy();
    expect(check?.text).toMatch(/\.$/);
  });
});

test("the words at the top count what there is to do", () => {
  expect(countWords({ act: 2, consider: 3, all: 14 })).toBe("2 things to do, 3 to consider");
  expect(countWords({ act: 1, consider: 0, all: 14 })).toBe("1 thing to do");
  expect(countWords({ act: 0, consider: 1, all: 14 })).toBe("Nothing to do, 1 thing to consider");
});
