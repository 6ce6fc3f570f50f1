import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { demoPassword, demoPeople } from "../../lib/install/demo/people";
import { type Host, startHost } from "../support/start-host";

const banner = "Demo: everything here is made up and starts anew with each start.";
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), "adyton-demo-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The database lies elsewhere than the helper of the other tests looks for it, so the limit of strangers stays. */
const start = (dataDir: string, env: Record<string, string> = {}): Promise<Host> =>
  startHost({ dataDir, hasStrangerLimit: true, env: { DEMO_MODE: "true", ...env } });

async function ada(host: Host) {
  const client = host.client();
  expect((await client.signIn(demoPeople[0]?.email ?? "", demoPassword)).status).toBe(200);
  return client;
}

type Users = { items: { id: string; email: string }[] };

test("a demo has people, weeks of usage and a whole audit log, says on every page what it is, and starts anew", async () => {
  const first = await start(folder);
  const client = await ada(first);
  const login = await first.client().get("/login");
  for (const text of [banner, demoPassword, ...demoPeople.map(({ email }) => email)])
    expect(login.text).toContain(text);
  for (const page of ["/dashboard", "/admin/users", "/usage", "/no-such-page"])
    expect([page, (await client.get(page)).text.includes(banner)]).toEqual([page, true]);
  const users = (await client.get("/api/v1/admin/users")).json<Users>();
  expect(users.items.map(({ email }) => email).sort()).toEqual(demoPeople.map(({ email }) => email).sort());
  const usage = await client.get("/api/v1/admin/usage");
  expect([usage.status, usage.code]).toEqual([200, ""]);
  expect(usage.json<{ total: { calls: number } }>().total.calls).toBeGreaterThan(1_000);
  const chain = await client.api("POST", "/api/v1/admin/audit/verify");
  expect(chain.text).toContain('"is_intact":true');
  const own = users.items.find(({ email }) => email === "piotr@example.org")?.id ?? "";
  expect((await client.api("DELETE", `/api/v1/admin/users/${own}`)).status).toBe(204);
  await first.stop();
  expect(readdirSync(folder)).toEqual(["demo"]);

  const second = await start(folder);
  const again = (await (await ada(second)).get("/api/v1/admin/users")).json<Users>();
  expect(again.items).toHaveLength(demoPeople.length);
  expect(again.items.map(({ id }) => id)).not.toContain(own);
  await second.stop();
}, 180_000);

test("it refuses to run beside real data, and says so in a sentence", async () => {
  const place = mkdtempSync(path.join(tmpdir(), "adyton-demo-"));
  try {
    writeFileSync(path.join(place, "secrets.json"), "{}");
    await expect(start(place)).rejects.toThrow("does not run beside real data");
    expect(readdirSync(place)).toEqual(["secrets.json"]);
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
});
