import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { randomBase62 } from "../../lib/core/ids";
import { keyText, randomLength } from "../../lib/keys/domain";
import type { Answer, Client } from "../support/client";
import { noteSecret } from "../support/evidence";
import { freshRetryAfter } from "../support/fresh-retry-after";
import { createKey, createPerson, type Person, signInAdmin } from "../support/people";
import { type Host, type HostKind, startHost } from "../support/start-host";
import { startTwoHosts, type TwoHosts } from "../support/two-hosts";

const inTime = { timeout: 10_000, interval: 50 };
const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const planMax = 10;

const verify = (client: Client, secret: string): Promise<Answer> =>
  client.get("/api/v1/verify", { authorization: `Bearer ${secret}` });

const times = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(index));

const inTurn = async (count: number, call: (index: number) => Promise<Answer>): Promise<Answer[]> => {
  const answers: Answer[] = [];
  for (let index = 0; index < count; index += 1) answers.push(await call(index));
  return answers;
};

const statusesOf = (answers: Answer[]): number[] => answers.map(({ status }) => status).sort();
const accepted = (answers: Answer[]): number => answers.filter(({ status }) => status === 200).length;
const remainingOf = ({ headers }: Answer): number => Number(headers["x-ratelimit-remaining"]);

/** So many times 200 and 429, and nothing else. */
const statuses = (good: number, refused: number): number[] => [
  ...Array<number>(good).fill(200),
  ...Array<number>(refused).fill(429),
];

const oneSecondToo = async (host: Host, call: () => Promise<Answer>) => {
  const seconds = await freshRetryAfter(call);
  await host.moveClock((seconds - 1) * 1_000);
  const early = await call();
  await host.moveClock(1_000);
  return { early: early.status, inTime: (await call()).status };
};

/** Also where gate, middleware, lane and handler all look at it. */
async function everyRequestCountsOnce(host: Host, owner: Client): Promise<void> {
  const { secret } = await createKey(owner, { limits: { per_minute: 8 } });
  const client = host.client();
  const calls = await inTurn(4, () => verify(client, secret));
  expect(calls.map(remainingOf)).toEqual([7, 6, 5, 4]);
  // Other addresses have another limit, and are answered by Next on every host.
  const others = await inTurn(4, () => client.get("/api/auth/me", { "x-api-key": secret }));
  const [first = 0, ...rest] = others.map(remainingOf);
  expect(rest).toEqual([first - 1, first - 2, first - 3]);
  expect(remainingOf(await verify(client, secret))).toBe(3);
}

describe("the limits of plan and key", () => {
  let host: Host;
  let admin: Client;
  let member: Person;
  let key: { id: string; secret: string };
  beforeAll(async () => {
    host = await startHost();
    admin = await signInAdmin(host);
    // The clock goes on by an hour with every test, and nobody is to be asked again who they are.
    await admin.api("PATCH", "/api/v1/admin/settings", { step_up_minutes: 24 * 60 });
    member = await createPerson(host, admin);
    key = await createKey(member.client);
  });
  afterAll(() => host?.stop());
  /** Every test begins with empty windows. */
  afterEach(() => host.moveClock(hourMs + 1_000));

  // Seen failing: with each call checked now and charged in the next turn of the event loop.
  test("of 200 calls at the same moment exactly ten are let in, each with its own number of calls left", async () => {
    const client = host.client();
    const answers = await Promise.all(times(200, () => verify(client, key.secret)));
    expect(statusesOf(answers)).toEqual(statuses(planMax, 190));
    const left = answers.filter(({ status }) => status === 200).map(remainingOf);
    expect(left.sort((a, b) => a - b)).toEqual(times(planMax, (index) => index));
    for (const answer of answers) {
      expect(answer.headers["ratelimit-policy"]).toBe('"plan-minute";q=10;w=60, "plan-hour";q=100;w=3600');
      if (answer.status === 200) continue;
      expect(answer.code).toBe("rate.limited");
      expect(answer.headers.ratelimit).toMatch(/^"plan-minute";r=0;t=\d+$/);
      expect(answer.headers["x-ratelimit-remaining"]).toBe("0");
      expect(Number(answer.headers["retry-after"])).toBeGreaterThanOrEqual(55);
      expect(Number(answer.headers["retry-after"])).toBeLessThanOrEqual(60);
    }
  });

  // Seen failing: with a Retry-After that is one second too low, and with one that is one too high.
  test("Retry-After is honest: one second earlier is refused, then one call is let in, not two", async () => {
    const client = host.client();
    for (let call = 0; call < planMax; call += 1) {
      expect((await verify(client, key.secret)).status).toBe(200);
      await host.moveClock(2_000);
    }
    const seconds = Number((await verify(client, key.secret)).headers["retry-after"]);
    expect(seconds).toBeGreaterThan(35);
    expect(seconds).toBeLessThanOrEqual(40);
    const outcome = await oneSecondToo(host, () => verify(client, key.secret));
    expect(outcome).toEqual({ early: 429, inTime: 200 });
    expect((await verify(client, key.secret)).status).toBe(429);
  });

  test("what is left falls by one with each call and never rises inside the window", async () => {
    const client = host.client();
    const answers = await inTurn(planMax, async () => {
      await host.moveClock(5_000);
      return verify(client, key.secret);
    });
    expect(answers.map(remainingOf)).toEqual([9, 8, 7, 6, 5, 4, 3, 2, 1, 0]);
    const refused = await inTurn(3, () => verify(client, key.secret));
    expect(refused.map(remainingOf)).toEqual([0, 0, 0]);
  });

  // Seen failing: with refused calls charged as well.
  test("a refused call does not count", async () => {
    const client = host.client();
    const first = await inTurn(planMax, () => verify(client, key.secret));
    await host.moveClock(30_000);
    const refused = await inTurn(100, () => verify(client, key.secret));
    await host.moveClock(30_500);
    const second = await inTurn(planMax + 1, () => verify(client, key.secret));
    expect(statusesOf([...first, ...refused, ...second])).toEqual(statuses(2 * planMax, 101));
  });

  test("a key's own limit below the plan's is the one that holds, for that key alone", async () => {
    const small = await createKey(member.client, { limits: { per_minute: 3 } });
    const client = host.client();
    const answers = await inTurn(5, () => verify(client, small.secret));
    expect(statusesOf(answers)).toEqual(statuses(3, 2));
    expect(answers[4]?.headers.ratelimit).toMatch(/^"key-minute";r=0;t=\d+$/);
    // The plan has counted three of its ten, and nothing of what the key's own limit refused.
    expect(statusesOf(await inTurn(10, () => verify(client, key.secret)))).toEqual(statuses(7, 3));
  });

  // Seen failing: with the successor given a pool of its own by rollKey().
  test("the two keys of a rolled pair share one count", async () => {
    const old = await createKey(member.client, { limits: { per_minute: 4 } });
    const rolled = await member.client.api("POST", `/api/v1/keys/${old.id}/roll`, { expires_old_in: 3_600 });
    const { secret } = rolled.json<{ secret: string }>();
    noteSecret(secret);
    const client = host.client();
    const pair = [old.secret, secret];
    const answers = await inTurn(8, (index) => verify(client, pair[index % 2] ?? ""));
    expect(answers.map(({ status }) => status)).toEqual(statuses(4, 4));
    expect((await verify(client, key.secret)).status).toBe(200);
  });

  test("every credential of one person counts against the same plan", async () => {
    const other = await createKey(member.client);
    const client = host.client();
    const mixed = await inTurn(12, (index) =>
      index % 3 === 0
        ? member.client.get("/api/v1/verify")
        : verify(client, index % 3 === 1 ? key.secret : other.secret),
    );
    expect(mixed.map(({ status }) => status)).toEqual(statuses(10, 2));
  });

  // Seen failing: with the lane's handler called twice in server.ts.
  test("a request counts once, in the lane and behind the gate", () =>
    everyRequestCountsOnce(host, member.client));

  test("under a limit that is far away, none of 10,000 calls is refused, and each counts once", async () => {
    const limits = { per_minute: 1_000_000, per_hour: 1_000_000, concurrency: null };
    expect((await admin.api("PATCH", "/api/v1/admin/plans/paid", { limits })).status).toBe(200);
    expect((await admin.api("PATCH", `/api/v1/admin/users/${member.id}`, { plan: "paid" })).status).toBe(200);
    const client = host.client();
    const seen = new Map<number, number>();
    let started = 0;
    let least = Number.POSITIVE_INFINITY;
    const lane = async () => {
      while (started < 10_000) {
        started += 1;
        const answer = await verify(client, key.secret);
        seen.set(answer.status, (seen.get(answer.status) ?? 0) + 1);
        least = Math.min(least, remainingOf(answer));
      }
    };
    await Promise.all(times(48, lane));
    expect([...seen]).toEqual([[200, 10_000]]);
    expect(least).toBe(1_000_000 - 10_000);
  });
});

describe("without our own host in front, a request counts once", () => {
  test.each<HostKind>(["next", "next-without-middleware"])("on %s", async (kind) => {
    const host = await startHost({ kind });
    try {
      await everyRequestCountsOnce(host, await signInAdmin(host));
    } finally {
      await host.stop();
    }
  });
});

describe("two processes with one Redis", () => {
  let both: TwoHosts;
  let admin: Client;
  beforeAll(async () => {
    both = await startTwoHosts({ hasRedis: true });
    admin = await signInAdmin(both.first);
  });
  afterAll(() => both?.stop());

  const limited = async () => (await createKey(admin, { limits: { per_minute: 10 } })).secret;
  const clients = () => [both.first.client(), both.second.client()] as const;

  // Seen failing, like the next one: with every process counting for itself.
  test("share one count: of 200 calls at the same moment, spread over both, exactly ten are let in", async () => {
    const secret = await limited();
    const [here, there] = clients();
    const answers = await Promise.all(times(200, (index) => verify(index % 2 ? here : there, secret)));
    expect(statusesOf(answers)).toEqual(statuses(10, 190));
  });

  test("a pool that one has used up is used up in the other", async () => {
    const secret = await limited();
    const [here, there] = clients();
    expect((await inTurn(10, () => verify(here, secret))).map(remainingOf)).toEqual(
      times(10, (index) => 9 - index),
    );
    expect((await verify(there, secret)).status).toBe(429);
  });

  // Seen failing: with everything let in while there is no Redis, and with nothing told to a Redis that is back.
  test("when Redis dies, what was used up stays so in both, and nobody is asked to wait for a repair", async () => {
    const [spent, half] = [await limited(), await limited()];
    const [here, there] = clients();
    await inTurn(10, () => verify(here, spent));
    await inTurn(4, () => verify(here, half));
    await inTurn(3, () => verify(there, half));
    expect((await verify(there, spent)).status).toBe(429);
    await both.redis?.kill();
    const after = [
      ...(await inTurn(20, () => verify(here, spent))),
      ...(await inTurn(20, () => verify(there, spent))),
    ];
    expect(statusesOf(after)).toEqual(statuses(0, 40));
    // Each process knows what it let in itself, so at worst each lets in ten.
    const [byHere, byThere] = [
      await inTurn(20, () => verify(here, half)),
      await inTurn(20, () => verify(there, half)),
    ];
    expect(statusesOf([...byHere, ...byThere])).toEqual(
      statuses(accepted([...byHere, ...byThere]), 40 - accepted([...byHere, ...byThere])),
    );
    expect(4 + accepted(byHere)).toBeLessThanOrEqual(10);
    expect(3 + accepted(byThere)).toBeLessThanOrEqual(10);
    await both.redis?.startAgain();
    await redisIsBack();
    // What each counted alone is told, and counts for both again.
    for (const secret of [spent, half])
      expect(statusesOf([await verify(here, secret), await verify(there, secret)])).toEqual([429, 429]);
    expect((await verify(here, await limited())).status).toBe(200);
  });

  // Seen failing: with everything let in while there is no Redis.
  test("when Redis dies in the middle of 200 calls, no call fails and neither process lets in more than ten", async () => {
    const secret = await limited();
    const [here, there] = clients();
    const hereAnswers: Answer[] = [];
    const thereAnswers: Answer[] = [];
    const calls = times(200, async (index) => {
      const list = index % 2 ? hereAnswers : thereAnswers;
      list.push(await verify(index % 2 ? here : there, secret));
      if (hereAnswers.length + thereAnswers.length === 40) await both.redis?.kill();
    });
    await Promise.all(calls);
    onTestFinished(async () => {
      await both.redis?.startAgain();
      await redisIsBack();
    });
    const all = [...hereAnswers, ...thereAnswers];
    expect(statusesOf(all)).toEqual(statuses(accepted(all), 200 - accepted(all)));
    expect(accepted(hereAnswers)).toBeLessThanOrEqual(10);
    expect(accepted(thereAnswers)).toBeLessThanOrEqual(10);
    expect(accepted(all)).toBeGreaterThanOrEqual(10);
  });

  const redisIsBack = () =>
    expect
      .poll(async () => {
        const answers = await Promise.all(clients().map((client) => client.get("/api/health/ready")));
        return answers.map(({ text }) => text.includes('{"name":"redis","status":"ok"}'));
      }, inTime)
      .toEqual([true, true]);
});

const strangersMax = 100;
const madeUpKey = (): string => keyText(randomBase62(randomLength));

// Seen failing: with takeStranger() allowing everything, with the address taken from the left of X-Forwarded-For, with
// isFloodedFrom() answering false (the made-up keys), without noteBadCredential() (the guesses), and with nobody
// familiar to lib/http/credential-cache.ts (who was seen here lately).
describe("strangers of one address", () => {
  let host: Host;
  let admin: Client;
  let nobody: Client;
  let secret: string;
  beforeAll(async () => {
    host = await startHost({ hasStrangerLimit: true });
    nobody = host.client();
    admin = await signInAdmin(host);
    secret = (await createKey(admin)).secret;
  });
  afterAll(() => host?.stop());
  beforeEach(() => host.moveClock(minuteMs + 1_000));

  const anonymous = (headers: Record<string, string> = {}) => nobody.get("/api/v1/verify", headers);
  const flood = () => inTurn(strangersMax + 1, () => anonymous());

  test("get 100 answers a minute, whatever address they claim; Retry-After is honest", async () => {
    const answers = await inTurn(strangersMax + 10, (index) => {
      const address = `203.0.113.${index}`;
      return anonymous({
        "x-forwarded-for": address,
        "x-real-ip": address,
        forwarded: `for=${address}`,
        "x-adyton-peer": address,
      });
    });
    expect(answers.map(({ status }) => status)).toEqual([...Array(100).fill(401), ...Array(10).fill(429)]);
    const refused = answers.at(-1);
    expect(refused?.code).toBe("rate.limited");
    expect(refused?.headers["ratelimit-policy"]).toBe('"anonymous";q=100;w=60');
    const seconds = Number(refused?.headers["retry-after"]);
    expect(seconds).toBeGreaterThanOrEqual(50);
    expect(seconds).toBeLessThanOrEqual(60);
    expect(await oneSecondToo(host, anonymous)).toEqual({ early: 429, inTime: 401 });
  });

  test("share that number among all addresses and all ways to be nobody", async () => {
    const ways: (() => Promise<Answer>)[] = [
      () => anonymous(),
      () => anonymous({ authorization: "Bearer garbage" }),
      () => anonymous({ "x-api-key": madeUpKey() }),
      () => anonymous({ cookie: "adyton.session=garbage" }),
      () => nobody.get("/api/auth/me"),
      () => nobody.get("/login"),
      () => nobody.get("/no/such/page"),
      () => nobody.api("POST", "/api/auth/refresh", { refresh_token: "garbage" }),
      () => nobody.api("POST", "/api/v1/keys/report", { secret: "garbage" }),
    ];
    const answers = await inTurn(strangersMax + ways.length, (index) =>
      (ways[index % ways.length] as () => Promise<Answer>)(),
    );
    const [before, after] = [answers.slice(0, strangersMax), answers.slice(strangersMax)];
    expect(before.filter(({ status }) => status === 429)).toHaveLength(0);
    expect(after.filter(({ status }) => status !== 429)).toHaveLength(0);
  });

  test("do not shut out whoever was seen here lately, nor the monitors", async () => {
    const client = host.client();
    expect((await verify(client, secret)).status).toBe(200);
    expect((await admin.get("/api/auth/me")).status).toBe(200);
    expect((await flood()).at(-1)?.status).toBe(429);
    expect(statusesOf(await inTurn(20, () => verify(client, secret)))).toEqual(statuses(20, 0));
    expect((await admin.get("/api/auth/me")).status).toBe(200);
    expect((await host.client().get("/api/health/live")).status).toBe(200);
    expect((await host.client().get("/api/health/ready")).status).toBe(200);
  });

  test("cannot bring made-up keys to the database while they flood, not even well-formed ones", async () => {
    await flood();
    const answers = await Promise.all(times(50, () => anonymous({ "x-api-key": madeUpKey() })));
    expect(statusesOf(answers)).toEqual(statuses(0, 50));
  });

  test("who guess keys are strangers from the first guess: the 101st is not looked up", async () => {
    const answers = await inTurn(strangersMax + 20, () => anonymous({ "x-api-key": madeUpKey() }));
    expect(answers.map(({ status }) => status)).toEqual([...Array(100).fill(401), ...Array(20).fill(429)]);
  });
});

describe("strangers behind a trusted proxy", () => {
  let host: Host;
  beforeAll(async () => {
    host = await startHost({ hasStrangerLimit: true, env: { TRUSTED_PROXIES: "127.0.0.1" } });
  });
  afterAll(() => host?.stop());

  test("are told apart: each of two has a count of its own, and none moves on by claiming another address", async () => {
    const client = host.client();
    const from = (address: string) => client.get("/api/v1/verify", { "x-forwarded-for": address });
    const first = await inTurn(strangersMax + 1, (index) => from(`203.0.113.${index}, 198.51.100.1`));
    expect(first.at(-2)?.status).toBe(401);
    expect(first.at(-1)?.status).toBe(429);
    const second = await inTurn(strangersMax + 1, () => from("198.51.100.2"));
    expect(second.at(-2)?.status).toBe(401);
    expect(second.at(-1)?.status).toBe(429);
  });
});
