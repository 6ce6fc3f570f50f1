import { readFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { runAdmin } from "../support/admin-command";
import type { Answer, Client } from "../support/client";
import { noteSecret } from "../support/evidence";
import {
  createKey,
  createPerson,
  noteTokens,
  signInAdmin,
  signInProgram,
  type Tokens,
} from "../support/people";
import type { Host } from "../support/start-host";
import { sharedBaseUrl, startTwoHosts, type TwoHosts } from "../support/two-hosts";

let hosts: TwoHosts;
beforeAll(async () => {
  hosts = await startTwoHosts();
});
afterAll(() => hosts?.stop());

const flower = {
  model: "iris",
  input: { sepal_length: 5.1, sepal_width: 3.5, petal_length: 1.4, petal_width: 0.2 },
};

type Ids = Record<
  "cookie" | "pepper" | "digest" | "encryption" | "audit",
  { id: number; state: string; value: string }[]
>;
function secrets(): Ids {
  const text = readFileSync(path.join(hosts.first.dataDir, "secrets.json"), "utf8");
  for (const [, value = ""] of text.matchAll(/"value": "([^"]+)"/g)) noteSecret(value);
  return JSON.parse(text) as Ids;
}
const currentIds = () =>
  Object.values(secrets())
    .filter((list) => Array.isArray(list))
    .map((list) => list.find(({ state }) => state === "current")?.id);

const rotate = (killAt?: RegExp) =>
  runAdmin(
    ["rotate-secrets"],
    {
      DATA_DIR: hosts.first.dataDir,
      DATABASE_URL: hosts.databaseUrl,
      BASE_URL: sharedBaseUrl,
      LOG_LEVEL: "silent",
    },
    killAt,
  );

/** Each lane calls one host and then the other, until everything is over; whatever was refused is noted. */
class Load {
  readonly faults: string[] = [];
  readonly counts: Record<string, number> = {};
  private isOver = false;
  private readonly lanes: Promise<void>[] = [];

  lane(name: string, call: (host: Host) => Promise<Answer>): void {
    const run = async () => {
      for (let turn = 0; !this.isOver; turn += 1) {
        const answer = await call(turn % 2 === 0 ? hosts.first : hosts.second);
        this.counts[name] = (this.counts[name] ?? 0) + 1;
        if (answer.status >= 300) this.faults.push(`${name}: ${answer.status} ${answer.code}`);
      }
    };
    this.lanes.push(run());
  }

  async end(): Promise<void> {
    this.isOver = true;
    await Promise.all(this.lanes);
  }
}

// What a process without the first phase would refuse is held in lib/infra/secret-file.test.ts, where no luck is needed.
test("rotating every secret twice under load, killed twice on the way: nobody is signed out, nothing fails", async () => {
  const admin = await signInAdmin(hosts.first);
  const limits = { per_minute: null, per_hour: null, concurrency: null };
  const plan = { limits, quota: { units_per_month: null } };
  expect((await admin.api("PATCH", "/api/v1/admin/plans/free", plan)).status).toBe(200);
  const settings = { login_attempts_max: 100, captcha_after: 0 };
  expect((await admin.api("PATCH", "/api/v1/admin/settings", settings)).status).toBe(200);
  const person = await createPerson(hosts.first, admin);
  const key = await createKey(person.client);
  const { tokens } = await signInProgram(hosts.first, person);

  // One caller for each host: a connection of one belongs to it.
  const atBoth = (client: Client) =>
    new Map([hosts.first, hosts.second].map((host) => [host, client.copyAt(host.origin)]));
  const browser = atBoth(person.client);
  const program = atBoth(hosts.first.client());
  const at = (clients: Map<Host, Client>, host: Host) => clients.get(host) as Client;
  let refreshToken = tokens.refresh_token;
  const load = new Load();
  load.lane("sign-in", (host) => host.client().signIn(person.email, person.password));
  load.lane("program's sign-in", (host) =>
    host.client().api("POST", "/api/auth/login", { email: person.email, password: person.password }),
  );
  load.lane("cookie", (host) => at(browser, host).get("/api/auth/me"));
  load.lane("session", (host) => at(browser, host).get("/api/auth/session"));
  load.lane("key", (host) =>
    at(program, host).api("POST", "/api/v1/predictions", flower, { "x-api-key": key.secret }),
  );
  load.lane("token", (host) =>
    at(program, host).get("/api/auth/me", { authorization: `Bearer ${tokens.access_token}` }),
  );
  load.lane("refresh", async (host) => {
    const answer = await at(program, host).api("POST", "/api/auth/refresh", { refresh_token: refreshToken });
    if (answer.status === 200) refreshToken = noteTokens(answer.json<Tokens>()).refresh_token;
    return answer;
  });

  expect((await rotate(/Waiting until/)).code).toBeNull();
  expect(currentIds()).toEqual([1, 1, 1, 1, 1]);
  expect((await rotate(/From now on/)).code).toBeNull();
  expect(currentIds()).toEqual([2, 2, 2, 2, 2]);
  expect(await rotate()).toMatchObject({ code: 0, output: expect.stringContaining("Going on with") });
  expect(currentIds()).toEqual([2, 2, 2, 2, 2]);
  const last = await rotate();
  expect(last).toMatchObject({ code: 0, output: expect.stringContaining("Done. Nobody was signed out") });
  expect(currentIds()).toEqual([3, 3, 3, 3, 3]);
  for (const list of Object.values(secrets()).filter((one) => Array.isArray(one)))
    for (const { value } of list) expect(last.output).not.toContain(value);
  await load.end();

  expect(load.faults).toEqual([]);
  for (const [name, count] of Object.entries(load.counts)) expect([name, count > 1]).toEqual([name, true]);
  const me = await at(browser, hosts.second).get("/api/auth/session");
  expect(me.json<{ user?: { email: string } }>().user?.email).toBe(person.email);
  const verified = await runAdmin(["verify-audit"], {
    DATA_DIR: hosts.first.dataDir,
    DATABASE_URL: hosts.databaseUrl,
    LOG_LEVEL: "silent",
  });
  expect(verified).toMatchObject({ code: 0, output: expect.stringContaining("intact") });
}, 240_000);
