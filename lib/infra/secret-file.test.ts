import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { env } from "./env";
import { changeSecrets, newSecretValue, readSecrets, type SecretsFile } from "./secret-file";
import {
  auditVersionAt,
  cookieSecrets,
  decrypt,
  digest,
  digestCandidates,
  encrypt,
  installTag,
  isDigest,
  isOutdated,
  prepareDataDir,
  secret,
  secretsMadeAt,
} from "./secrets";
import { lockSecrets } from "./secrets-lock";
import { singleton, takeSingleton } from "./singleton";

let count = 0;
beforeEach(() => {
  for (const name of ["env", "secrets"]) takeSingleton(name);
  count += 1;
  process.env.DATA_DIR = path.join(process.env.DATA_DIR ?? "", "..", `file-${count}`);
  delete process.env.AUTH_SECRET;
  prepareDataDir(env().dataDir);
});
afterEach(() => vi.useRealTimers());

const file = () => path.join(env().dataDir, "secrets.json");
const names = ["cookie", "pepper", "digest", "encryption", "audit"] as const;
const at = "2026-11-21T12:00:00.000Z";

function announce(secrets: SecretsFile): void {
  for (const name of names)
    secrets[name].push({
      id: secrets[name].length + 1,
      value: newSecretValue(),
      made_at: at,
      state: "known",
    });
}
function switchOver(secrets: SecretsFile): void {
  for (const name of names)
    for (const version of secrets[name]) version.state = version.state === "known" ? "current" : "kept";
}

test("a file from before there were versions is read as the first ones, and written anew only by a rotation", () => {
  const old = Object.fromEntries(names.map((name) => [name, newSecretValue()]));
  writeFileSync(file(), JSON.stringify(old));
  expect(names.map((name) => secret(name))).toEqual(names.map((name) => old[name]));
  const [tag, sealed, mark] = [installTag(), encrypt("totp", "x"), digest("refresh", "x")];
  expect(JSON.parse(readFileSync(file(), "utf8"))).toEqual(old);
  expect(secretsMadeAt()).toEqual(statSync(file()).mtime);
  changeSecrets(announce);
  changeSecrets(switchOver);
  expect(installTag()).toBe(tag);
  expect(decrypt("totp", sealed)).toBe("x");
  expect(isDigest("refresh", "x", mark)).toBe(true);
  expect([statSync(file()).mode & 0o777, readdirSync(env().dataDir)]).toEqual([0o600, ["secrets.json"]]);
});

test("a known version makes nothing and recognises everything; a current one makes everything", () => {
  const [sealed, mark, cookie] = [encrypt("totp", "x"), digest("refresh", "x"), secret("cookie")];
  changeSecrets(announce);
  expect([digest("refresh", "x"), secret("cookie")]).toEqual([mark, cookie]);
  const [next = "", same] = digestCandidates("refresh", "x");
  expect([next.startsWith("v2:"), same]).toEqual([true, mark]);
  expect(cookieSecrets()).toHaveLength(2);
  expect(cookieSecrets()[0]).toBe(cookie);
  changeSecrets(switchOver);
  expect(digest("refresh", "x")).toBe(next);
  expect([cookieSecrets()[0] === cookie, cookieSecrets().includes(cookie)]).toEqual([false, true]);
  expect([isOutdated("digest", mark), isOutdated("digest", next)]).toEqual([true, false]);
  expect(encrypt("totp", "y")).toMatch(/^v2:[\w-]+$/);
  expect(decrypt("totp", sealed)).toBe("x");
  changeSecrets((secrets) => {
    secrets.encryption = secrets.encryption.slice(1);
  });
  expect(() => decrypt("totp", sealed)).toThrow("no version 1");
});

test("what a new version made is good in a process that only knows it, and not in one that never heard of it", () => {
  readSecrets();
  const early = takeSingleton<object>("secrets");
  changeSecrets(announce);
  const knowing = takeSingleton<object>("secrets");
  changeSecrets(switchOver);
  const [sealed, mark] = [encrypt("totp", "x"), digest("refresh", "x")];
  const asProcess = (reading: object | undefined) => {
    takeSingleton("secrets");
    singleton("secrets", () => reading);
  };
  asProcess(knowing);
  expect([decrypt("totp", sealed), isDigest("refresh", "x", mark)]).toEqual(["x", true]);
  // This is why the command waits before it goes on.
  asProcess(early);
  expect(() => decrypt("totp", sealed)).toThrow("no version 2");
  expect(isDigest("refresh", "x", mark)).toBe(false);
});

test("a number in front of a sealed text opens nothing that was not sealed with that version", () => {
  readSecrets();
  changeSecrets(announce);
  const sealed = encrypt("totp", "x");
  expect(() => decrypt("totp", `v2:${sealed}`)).toThrow();
  expect(() => decrypt("totp", `v3:${sealed}`)).toThrow();
  expect(() => decrypt("totp", `v1:v1:${sealed}`)).toThrow();
});

test("another process's change is seen within a second; a file that is damaged meanwhile changes nothing", () => {
  vi.useFakeTimers({ toFake: ["performance"] });
  const before = secret("pepper");
  const other = structuredClone(readSecrets());
  announce(other);
  switchOver(other);
  writeFileSync(file(), JSON.stringify(other));
  vi.advanceTimersByTime(999);
  expect(secret("pepper")).toBe(before);
  vi.advanceTimersByTime(1);
  expect(secret("pepper")).toBe(other.pepper[1]?.value);
  writeFileSync(file(), "{");
  vi.advanceTimersByTime(1_000);
  expect(secret("pepper")).toBe(other.pepper[1]?.value);
});

test("a file without a current version, or with two, is refused", () => {
  for (const state of ["kept", "current"] as const) {
    const secrets = structuredClone(readSecrets());
    announce(secrets);
    for (const version of secrets.audit) version.state = state;
    writeFileSync(file(), JSON.stringify(secrets));
    takeSingleton("secrets");
    expect(() => secret("audit")).toThrow("cannot be read");
    writeFileSync(file(), JSON.stringify({ ...secrets, audit: secrets.pepper }));
    takeSingleton("secrets");
  }
});

test("AUTH_SECRET with an old one seals with the first and opens with both", () => {
  takeSingleton("env");
  const [next, old] = ["mZ3v9Qx7Lk2Wb8Rt5Yn1Hc6Jd4Fs0Gp_Aq", "b7Ty2Pq9Zx4Lm8Kd1Vn6Rc3Hf5Ws0Jg_Bu"];
  process.env.AUTH_SECRET = `${next},${old}`;
  expect([secret("cookie"), cookieSecrets()]).toEqual([next, [next, old]]);
});

test("from the event of a rotation on, the audit log takes no earlier version", () => {
  readSecrets();
  changeSecrets(announce);
  changeSecrets((secrets) => {
    switchOver(secrets);
    for (const version of secrets.audit) if (version.id === 2) version.sealed_from = 10;
  });
  expect([1, 9, 10, 11].map(auditVersionAt)).toEqual([1, 1, 2, 2]);
});

test("one at a time changes the secrets; who was killed or is silent holds nothing", () => {
  const lock = path.join(env().dataDir, "secrets.lock");
  const release = lockSecrets();
  expect(() => lockSecrets()).toThrow("Another command");
  release();
  lockSecrets()();
  expect(readdirSync(env().dataDir)).toEqual([]);
  const held = { host: "elsewhere", pid: 1, nonce: "x" };
  writeFileSync(lock, JSON.stringify(held));
  expect(() => lockSecrets()).toThrow("Another command");
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 31_000 });
  lockSecrets()();
  expect(readdirSync(env().dataDir)).toEqual([]);
});
