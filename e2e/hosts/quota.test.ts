import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startPostgres } from "../../lib/testing/postgres";
import type { Client } from "../support/client";
import { createKey, createPerson, signInAdmin } from "../support/people";
import { type Host, startHost } from "../support/start-host";
import { sharedBaseUrl } from "../support/two-hosts";
import { type Books, readBooks } from "../support/usage-tables";

const flower = {
  model: "iris",
  input: { sepal_length: 5.1, sepal_width: 3.5, petal_length: 1.4, petal_width: 0.2 },
};
const quota = 10;
const callsAtOnce = 200;
/** More by hand: ADYTON_QUOTA_CALLS=10000. */
const callsUnderTheLimit = Number(process.env.ADYTON_QUOTA_CALLS ?? 500);
const lanes = 64;

// Seen failing: with a `holdFor` in lib/predictions/commands/meter-call.ts that answers null, all 200 are let in.
describe.each(["SQLite", "Postgres"])("two processes on one %s", (kind) => {
  const hosts: Host[] = [];
  let database: string | undefined;
  let stopDatabase = async () => {};
  let admin: Client;

  beforeAll(async () => {
    if (kind === "Postgres") {
      const postgres = await startPostgres();
      stopDatabase = postgres.stop;
      database = await postgres.createDatabase();
    }
    const env = { BASE_URL: sharedBaseUrl, ...(database ? { DATABASE_URL: database } : {}) };
    const first = await startHost({ env });
    hosts.push(first, await startHost({ env, dataDir: first.dataDir }));
    admin = await signInAdmin(first);
    await setQuota(quota);
  });

  afterAll(async () => {
    for (const host of hosts.toReversed()) await host.stop();
    await stopDatabase();
  });

  async function setQuota(units_per_month: number): Promise<void> {
    const limits = { per_minute: null, per_hour: null, concurrency: null };
    const answer = await admin.api("PATCH", "/api/v1/admin/plans/free", {
      limits,
      quota: { units_per_month },
    });
    expect([answer.status, answer.text]).toEqual([200, expect.any(String)]);
    // The other process, and a Postgres that nothing announces changes on, know it within the second.
    await new Promise((resolve) => setTimeout(resolve, 1_100));
  }

  const hostAt = (index: number): Host => hosts[index % 2] as Host;
  const books = (): Promise<Books> => readBooks(hostAt(0), database);

  /** Somebody who never called before, and their key at both hosts. */
  async function newCaller(): Promise<(index: number) => Promise<{ status: number; text: string }>> {
    const person = await createPerson(hostAt(0), admin);
    const { secret } = await createKey(person.client);
    const clients = hosts.map((host) => host.client());
    return async (index) =>
      (clients[index % 2] as Client).api("POST", "/api/v1/predictions", flower, { "x-api-key": secret });
  }

  test(`of a quota of ${quota}, ${callsAtOnce} calls at once get exactly ${quota}, of a brand-new user too`, async () => {
    const before = await books();
    const call = await newCaller();
    const answers = await Promise.all(Array.from({ length: callsAtOnce }, (_, index) => call(index)));
    const problems = answers.filter(({ status }) => status !== 200).map(({ text }) => JSON.parse(text));
    expect(problems).toHaveLength(callsAtOnce - quota);
    for (const problem of problems)
      expect(problem).toMatchObject({ status: 429, code: "quota.exceeded", limit: quota });
    const after = await books();
    expect(after).toMatchObject({
      used: before.used + quota,
      reserved: 0,
      held: 0,
      units: before.units + quota,
    });
    expect(after.calls - before.calls).toBe(quota);
    expect(after.least).toBeGreaterThanOrEqual(0);
  });

  test(`${callsUnderTheLimit} calls under the limit are all answered`, async () => {
    await setQuota(callsUnderTheLimit);
    const call = await newCaller();
    let started = 0;
    const refused: string[] = [];
    const lane = async () => {
      while (started < callsUnderTheLimit) {
        started += 1;
        const { status, text } = await call(started);
        if (status !== 200) refused.push(text);
      }
    };
    await Promise.all(Array.from({ length: lanes }, lane));
    expect(refused).toEqual([]);
    const { text } = await call(0);
    expect(JSON.parse(text)).toMatchObject({ code: "quota.exceeded", used: callsUnderTheLimit, reserved: 0 });
    await expect.poll(async () => (await books()).counted, { timeout: 30_000 }).toBe((await books()).units);
  }, 240_000);
});
