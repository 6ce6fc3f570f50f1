import fc from "fast-check";
import { expect, test } from "vitest";
import { newId } from "../core/ids";
import type { Bounds } from "../core/money";
import { moveClock, nowMs, resetClock } from "../infra/clock";
import { db } from "../infra/db/client";
import type { Hold } from "./domain";
import { giveBackExpiredHolds, recordCall, release, reserve } from "./ledger";

const ttlMs = 60_000;
const noon = Date.parse("2027-03-10T12:00:00Z");

/** What may happen, in any order and several at once. */
const step = fc.oneof(
  { weight: 5, arbitrary: fc.record({ kind: fc.constant("reserve"), units: fc.nat(4), cost: fc.nat(40) }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant("settle"), units: fc.nat(6), cost: fc.nat(60) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("fail"), units: fc.nat(4), cost: fc.nat(40) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("release"), units: fc.nat(1), cost: fc.nat(1) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("expire"), units: fc.nat(1), cost: fc.nat(1) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("sweep"), units: fc.nat(1), cost: fc.nat(1) }) },
);
type Step = { kind: string; units: number; cost: number };

const call = (userId: string, { kind, units, cost }: Step) => ({
  ...{ id: newId("prd"), userId, keyId: null, modelId: "mdl_rules", version: 1, at: nowMs() },
  ...{ code: kind === "fail" ? "model.failed" : null, rows: 1, units, cost, expense: 0, tokens: 0 },
  ...{ queueMs: 0, workMs: 1 },
});

async function take(userId: string, bounds: Bounds, holds: Hold[], one: Step): Promise<void> {
  if (one.kind === "reserve") {
    const hold = await reserve(userId, bounds, { units: one.units, cost: one.cost }, ttlMs).catch(() => null);
    if (hold) holds.push(hold);
  } else if (one.kind === "expire") moveClock(ttlMs / 2);
  else if (one.kind === "sweep") await giveBackExpiredHolds();
  else {
    const hold = holds.shift();
    if (!hold) return;
    if (one.kind === "release") await release(hold);
    // Late ones may be refused; that they are never charged is what is looked at.
    else await recordCall(call(userId, one), hold).catch(() => {});
  }
}

test("whatever happens in whatever order: never overspent, never below zero, and the account is the sum of its calls", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(step, { minLength: 1, maxLength: 6 }), { minLength: 1, maxLength: 8 }),
      fc.integer({ min: 1, max: 12 }),
      fc.integer({ min: 1, max: 120 }),
      async (rounds, unitsPerMonth, budgetPerMonth) => {
        resetClock();
        moveClock(noon - Date.now());
        const userId = newId("usr");
        const bounds: Bounds = { unitsPerMonth, budgetPerMonth, budgetPerDay: budgetPerMonth };
        const holds: Hold[] = [];
        for (const round of rounds) {
          await Promise.all(round.map((one) => take(userId, bounds, holds, one)));
          await check(userId, unitsPerMonth, budgetPerMonth);
        }
        moveClock(ttlMs);
        await giveBackExpiredHolds();
        const left = await check(userId, unitsPerMonth, budgetPerMonth);
        expect([left.units, left.cost]).toEqual([0, 0]);
      },
    ),
    { numRuns: 15, endOnFailure: true },
  );
});

/** Answers what is still held. */
async function check(userId: string, units: number, cost: number): Promise<{ units: number; cost: number }> {
  const account = await db().usageAccount.findFirst({ where: { userId } });
  const held = await db().usageReservation.aggregate({
    where: { userId },
    _sum: { units: true, cost: true },
  });
  const subjects = await db().usageSubject.findMany({ where: { userId }, select: { number: true } });
  const calls = await db().usageCall.aggregate({
    where: { subject: { in: subjects.map(({ number }) => number) } },
    _sum: { units: true, cost: true },
  });
  const used = { units: Number(calls._sum.units ?? 0), cost: Number(calls._sum.cost ?? 0) };
  const reserved = { units: Number(held._sum.units ?? 0), cost: Number(held._sum.cost ?? 0) };
  if (account)
    expect({
      ...{
        units: Number(account.unitsUsed),
        cost: Number(account.costUsed),
        day: Number(account.dayCostUsed),
      },
      held: [account.unitsReserved, account.costReserved, account.dayCostReserved].map(Number),
    }).toEqual({ ...used, day: used.cost, held: [reserved.units, reserved.cost, reserved.cost] });
  expect(used.units + reserved.units).toBeLessThanOrEqual(units);
  expect(used.cost + reserved.cost).toBeLessThanOrEqual(cost);
  for (const number of [used.units, used.cost, reserved.units, reserved.cost])
    expect(number).toBeGreaterThanOrEqual(0);
  return reserved;
}
