import path from "node:path";
import axeCore from "axe-core";
import type { Page, Route } from "playwright/test";
import { pageAccess } from "../lib/http/access-table";
import { fillInstall, type LivelyInstall, refusedRequest } from "./support/browser-lively-install";
import { printedPassword } from "./support/browser-steps";
import { expect, test } from "./support/browser-test";
import { kilobytesOf, watchPage } from "./support/browser-watch";
import { livelyWebhook } from "./support/lively-notices";
import { root } from "./support/start-host";

// The password is a generated one, so that the page which asks for an own one has something to ask.
test.use({ install: { name: "lively", env: { ADMIN_PASSWORD: "" } } });

/** The aim is 170. The pages of the administration are above it, by 8 at the most: they may not grow. */
const scriptKilobytesMax = 180;
/** Charts come late, and pages that have none are not to notice that there are any. */
const chartKilobytesMax = 300;
const chartPages = new Set(["/dashboard", "/usage", "/admin", "/admin/usage"]);
const kilobytesMaxOf = (address: string): number =>
  chartPages.has(address.replace(/\?.*/, "")) ? chartKilobytesMax : scriptKilobytesMax;
/** Both themes and both widths: what one of them breaks, it breaks in either of the other. */
const looks = [
  { theme: "light", width: 1280, height: 800 },
  { theme: "dark", width: 360, height: 740 },
] as const;
const screens = path.join(root, "test-results/screens");

type Visit = { name: string; path: string; as?: "member" | "admin"; refused?: string[] };

let install: LivelyInstall;
const heavy: string[] = [];

/** Real ids and secrets are known only once the install is there. */
const fill = (address: string): string =>
  address
    .replace("/tasks/{id}", `/tasks/${install.tasks.finished}`)
    .replace("{cancelled task}", install.tasks.cancelled)
    .replace("{id}", install.member.id)
    .replace("{code}", "user.last_admin")
    .replace("{model}", "iris")
    .replace("{invitation}", install.invitation)
    .replace("{registration}", install.registration)
    .replace("{reset}", install.reset);

const visitors: Record<string, "member" | "admin" | undefined> = {
  member: "member",
  admin: "admin",
  // Only the owner still has a generated password.
  "/welcome": "admin",
};

/** "/admin/users/{id}" → "admin-users-id" */
const nameOf = (address: string): string => address.replaceAll(/[^a-z]+/g, "-").replaceAll(/^-|-$/g, "");

const ofTable: Visit[] = Object.entries(pageAccess).map(([address, access]) => ({
  name: nameOf(address) || "start",
  path: address,
  as: visitors[address] ?? visitors[access],
}));

const more: Visit[] = [
  { name: "dashboard-of-admin", path: "/dashboard", as: "admin" },
  { name: "usage-by-hour", path: "/usage?range=24h&group=model", as: "member" },
  { name: "usage-none", path: "/usage?from=2026-01-01&to=2026-01-03", as: "member" },
  { name: "usage-not-kept", path: "/usage?from=2001-01-01&to=2001-01-03", as: "member" },
  { name: "admin-usage-months", path: "/admin/usage?range=90d&group=time", as: "admin" },
  { name: "keys-no-match", path: "/keys?state=expired", as: "member" },
  {
    name: "playground-json",
    path: `/playground?model=iris#input=${encodeURIComponent("[{}]")}`,
    as: "member",
  },
  { name: "alerts-of-admin", path: "/alerts", as: "admin" },
  { name: "notifications-messages", path: `/account/notifications?webhook=${livelyWebhook}`, as: "member" },
  { name: "predictions-none", path: "/predictions?status=failed&model=iris", as: "member" },
  { name: "tasks-none", path: "/tasks?state=failed", as: "member" },
  { name: "tasks-first", path: "/tasks", as: "admin" },
  { name: "task-cancelled", path: "/tasks/{cancelled task}", as: "member" },
  { name: "task-not-found", path: "/tasks/tsk_none", as: "member", refused: ["/tasks/tsk_none"] },
  { name: "model-not-found", path: "/models/none", as: "member", refused: ["/models/none"] },
  { name: "why-known", path: `/why?id=${refusedRequest}`, as: "member" },
  { name: "why-unknown", path: "/why?id=req_never_seen", as: "member" },
  { name: "security-none", path: "/account/security", as: "admin" },
  { name: "login-code", path: "/login#factor=begun&methods=totp+recovery_code+passkey" },
  { name: "login-passkey", path: "/login#factor=begun&methods=recovery_code+passkey" },
  { name: "login-over", path: "/login#setup=longer-than-ten-minutes-ago", refused: ["/api/auth/mfa/setup"] },
  { name: "login-refused", path: "/login?error=auth.not_linked" },
  { name: "mail-none", path: "/admin/mail?state=dropped", as: "admin" },
  { name: "users-none", path: "/admin/users?q=nobody", as: "admin" },
  { name: "invite-open", path: "{invitation}" },
  { name: "reset-open", path: "{reset}" },
  { name: "verify-open", path: "{registration}" },
  { name: "link-dead", path: `/invite#${"0".repeat(43)}`, refused: ["/api/auth/link/inspect"] },
  { name: "not-found", path: "/nowhere", refused: ["/nowhere"] },
  { name: "user-not-found", path: "/admin/users/usr_none", as: "admin", refused: ["/admin/users/usr_none"] },
  { name: "not-allowed", path: "/admin", as: "member", refused: ["/admin"] },
];

test.beforeAll(async ({ host }) => {
  install = await fillInstall(host, printedPassword(host));
});

for (const visit of [...ofTable, ...more]) {
  test(`${visit.name} (${visit.path}) is accessible, fits, is quiet and loads nothing from elsewhere`, async ({
    newDevice,
    baseURL,
  }) => {
    const page = await newDevice(visit.as && (visit.as === "admin" ? install.admin : install.member.client));
    await page.route(/[?&]_rsc=/, leaveLinksAlone);
    const record = await watchPage(page, `${baseURL}`, visit.refused);
    // A cold load, with all that the page fetches by itself.
    await page.goto(fill(visit.path), { waitUntil: "networkidle" });
    const kilobytes = await kilobytesOf(record.scripts);
    test.info().annotations.push({ type: "JavaScript", description: `${kilobytes.toFixed(1)} KB` });

    await expect(page.getByRole("heading", { level: 1 })).toHaveCount(1);
    for (const look of looks) await inspect(page, visit.name, look);
    expect.soft(record.complaints).toEqual([]);
    expect.soft(record.foreignRequests).toEqual([]);
    expect.soft(kilobytes, "a page without any script was not measured").toBeGreaterThan(0);
    if (kilobytes > kilobytesMaxOf(visit.path)) heavy.push(`${visit.path}: ${kilobytes.toFixed(1)} KB`);
  });
}

test(`no page needs more than ${scriptKilobytesMax} KB of compressed JavaScript, or ${chartKilobytesMax} with charts`, () => {
  expect(heavy).toEqual([]);
});

/** Next loads what lies behind links ahead. That belongs to those pages, and would be counted with this one. */
const leaveLinksAlone = (route: Route): Promise<void> =>
  route.request().headers()["next-router-prefetch"] ? route.fulfill({ status: 204 }) : route.continue();

test("the picture of the README is taken", async ({ newDevice }) => {
  const { items } = (await install.admin.get("/api/v1/alerts")).json<{ items: { id: string }[] }>();
  for (const { id } of items) await install.admin.api("POST", `/api/v1/alerts/${id}/seen`);
  const page = await newDevice(install.admin);
  await page.goto("/dashboard");
  await page.getByRole("button", { name: "Put the first steps away" }).click();
  await expect(page.locator("svg.recharts-surface")).toBeVisible();
  // To renew it: cp test-results/screens/overview.png docs/overview.png
  await page.screenshot({ path: path.join(screens, "overview.png") });
});

async function inspect(page: Page, name: string, { theme, width, height }: (typeof looks)[number]) {
  await page.emulateMedia({ colorScheme: theme });
  await page.setViewportSize({ width, height });
  const where = `${name}-${theme}-${width}`;
  // To look at all of them: ADYTON_PICTURES=1 npm test -- --only e2e
  if (process.env.ADYTON_PICTURES)
    await page.screenshot({ path: path.join(screens, `${where}.png`), fullPage: true });
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect.soft(overflow, `${where}: pixels that stick out to the right`).toBeLessThanOrEqual(0);
  expect.soft(await faultsOf(page), `${where}: axe`).toEqual([]);
}

declare const axe: typeof import("axe-core");

/** Axe is put into the page once for all its looks, and asked for nothing but what is wrong. */
async function faultsOf(page: Page): Promise<string[]> {
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(axeCore.source);
  const { violations } = await page.evaluate(() => axe.run(document, { resultTypes: ["violations"] }));
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
}
