import { afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import type { z } from "zod";
import { moveClock, nowMs, resetClock } from "@/lib/infra/clock";
import { db } from "@/lib/infra/db/client";
import { callPolicies } from "@/lib/limits/domain";
import { takeCall } from "@/lib/limits/limiter";
import { makeAdmin, makeKey, makeUser, type SignedIn, signedIn } from "@/lib/testing/factories";
import { api } from "@/lib/testing/request";
import { dayOf, monthOf, nextMonthStart } from "@/lib/usage/domain";
import { limitsLeft } from "@/lib/usage/queries/limits-left";
import type { LimitView, limitsLeftView, nearCapView } from "@/lib/usage/schema";

type LimitsLeft = z.infer<typeof limitsLeftView>;

const path = "/api/v1/usage/limits";
const billion = 1_000_000_000n;
const dayMs = 86_400_000;

let admin: SignedIn;
let caller: SignedIn;

beforeAll(async () => {
  await db().plan.create({
    data: {
      ...{ id: "metered", name: "Metered", description: "For tests.", createdAt: new Date() },
      ...{ perMinute: 10, perHour: null, concurrency: 3 },
      ...{ unitsPerMonth: 100, budgetPerMonth: 20n * billion, budgetPerDay: 2n * billion },
    },
  });
});
beforeEach(async () => {
  // Noon in the middle of a month: no test meets the end of one that it does not ask for.
  const today = new Date(nowMs());
  moveClock(Date.UTC(today.getUTCFullYear(), today.getUTCMonth() + 1, 15, 12) - nowMs());
  caller = await signedIn(await makeUser({ planId: "metered" }));
  admin = await signedIn(await makeAdmin());
});
afterEach(() => resetClock());

type Account = { unitsUsed?: bigint; unitsGranted?: bigint; costUsed?: bigint; dayCostUsed?: bigint };
const used = (userId: string, account: Account) =>
  db().usageAccount.create({
    data: {
      ...{ userId, month: monthOf(nowMs()), day: dayOf(nowMs()) },
      ...{ unitsUsed: 0n, unitsReserved: 0n, unitsGranted: 0n, costUsed: 0n, costReserved: 0n },
      ...{ dayCostUsed: 0n, dayCostReserved: 0n },
      ...account,
    },
  });
const hold = (units: bigint, cost: bigint, lastsMs: number) =>
  db().usageReservation.create({
    data: {
      ...{ id: `rsv_${Math.random()}`, userId: caller.user.id, units, cost },
      ...{ month: monthOf(nowMs()), day: dayOf(nowMs()), expiresAt: BigInt(nowMs() + lastsMs) },
    },
  });
/** Asked as the route asks: a session does not outlive the days that some tests skip. */
const left = async (name: LimitView["name"]) =>
  (await limitsLeft(caller.actor)).limits.find((limit) => limit.name === name);

test("401 for nobody, and 403 for a key that was made for something else", async () => {
  expect((await api("GET", path)).status).toBe(401);
  const key = await makeKey(caller.user, { scopes: ["predict"] });
  expect((await api("GET", path, { headers: key.headers })).status).toBe(403);
});

test("who has used nothing has everything, and what is not limited says so", async () => {
  const { body } = await api<LimitsLeft>("GET", path, { as: caller });
  expect([body.plan, body.currency, body.units_granted]).toEqual(["metered", "EUR", 0]);
  const nothing = { used: 0, reserved: 0, frees_at: null };
  expect(body.limits).toEqual([
    { name: "minute", limit: 10, remaining: 10, ...nothing },
    { name: "hour", limit: null, remaining: null, ...nothing },
    { name: "concurrency", limit: 3, remaining: 3, ...nothing },
    { name: "month_units", limit: 100, remaining: 100, ...nothing },
    { name: "month_budget", limit: 20, remaining: 20, ...nothing },
    { name: "day_budget", limit: 2, remaining: 2, ...nothing },
  ]);
});

test("calls of the last minute are used and free again a minute after they came; asking is no call", async () => {
  const at = nowMs();
  const { body } = await api<LimitsLeft>("GET", path, { as: caller });
  expect(body.limits[0]).toMatchObject({ name: "minute", used: 0 });
  await takeCall(callPolicies(caller.actor, { perMinute: 10, perHour: null, concurrency: 3 }));
  for (let asked = 0; asked < 3; asked += 1)
    expect(await left("minute")).toMatchObject({ used: 1, remaining: 9 });
  const freesAt = Date.parse((await left("minute"))?.frees_at ?? "");
  expect(freesAt).toBeGreaterThanOrEqual(at + 60_000);
  moveClock(freesAt - nowMs() + 1);
  expect(await left("minute")).toMatchObject({ used: 0, remaining: 10, frees_at: null });
});

test("units, extra units and money: used, held by what runs, and left until the month is over", async () => {
  await used(caller.user.id, {
    unitsUsed: 30n,
    unitsGranted: 50n,
    costUsed: 3n * billion,
    dayCostUsed: 100_000_000n,
  });
  await hold(20n, 200_000_000n, 60_000);
  const month = new Date(nextMonthStart(monthOf(nowMs()))).toISOString();
  expect(await left("month_units")).toEqual({
    ...{ name: "month_units", limit: 150, used: 30, reserved: 20, remaining: 100, frees_at: month },
  });
  expect(await left("month_budget")).toMatchObject({ used: 3, reserved: 0.2, remaining: 16.8 });
  expect(await left("day_budget")).toMatchObject({ used: 0.1, reserved: 0.2, remaining: 1.7 });
});

test("a reservation that expired holds nothing, and neither does yesterday's money count today", async () => {
  await used(caller.user.id, { unitsUsed: 1n, unitsGranted: 0n, dayCostUsed: billion });
  await hold(20n, billion, 60_000);
  expect(await left("month_units")).toMatchObject({ reserved: 20, remaining: 79 });
  moveClock(60_001);
  expect(await left("month_units")).toMatchObject({ reserved: 0, remaining: 99 });
  moveClock(dayMs);
  expect(await left("day_budget")).toMatchObject({ used: 0, remaining: 2 });
  moveClock(32 * dayMs);
  expect(await left("month_units")).toMatchObject({ used: 0, remaining: 100 });
});

test("an administrator sees the same of everybody, and nobody else does", async () => {
  await used(caller.user.id, { unitsUsed: 30n });
  const address = `/api/v1/admin/users/${caller.user.id}/limits`;
  expect((await api("GET", address)).status).toBe(401);
  expect((await api("GET", address, { as: caller })).status).toBe(403);
  const own = await api<LimitsLeft>("GET", path, { as: caller });
  expect((await api<LimitsLeft>("GET", address, { as: admin })).body).toEqual(own.body);
  expect((await api("GET", "/api/v1/admin/users/usr_0/limits", { as: admin })).status).toBe(404);
});

test("near a cap is who used so much of what their plan allows now, the nearest first", async () => {
  const address = "/api/v1/admin/usage/near-cap";
  const people = await Promise.all(Array.from({ length: 4 }, () => makeUser({ planId: "metered" })));
  const [full, near, far, spender] = people.map(({ id }) => id);
  await used(full ?? "", { unitsUsed: 120n, unitsGranted: 20n });
  await used(near ?? "", { unitsUsed: 75n });
  await used(far ?? "", { unitsUsed: 75n, unitsGranted: 1n });
  await used(spender ?? "", { costUsed: 18n * billion, dayCostUsed: 1_999_999_999n });
  const ask = async (query = "") => {
    const { body } = await api<z.infer<typeof nearCapView>>("GET", address + query, { as: admin });
    return body.items
      .filter(({ user }) => people.some(({ id }) => id === user.id))
      .map(({ user, limit_name, percent, limit }) => [user.id, limit_name, percent, limit]);
  };
  expect(await ask()).toEqual([
    [full, "month_units", 100, 120],
    [spender, "day_budget", 99, 2],
    [spender, "month_budget", 90, 20],
    [near, "month_units", 75, 100],
  ]);
  expect(await ask("?percent=95")).toHaveLength(2);
  await db().user.update({ where: { id: full ?? "" }, data: { planId: "owner" } });
  expect(await ask("?percent=100")).toEqual([]);
  expect((await api("GET", address, { as: caller })).status).toBe(403);
  expect((await api("GET", address)).status).toBe(401);
  expect((await api("GET", `${address}?percent=0`, { as: admin })).status).toBe(422);
});
