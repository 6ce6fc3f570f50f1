import { afterEach, describe, expect, test } from "vitest";
import { AppError } from "../core/errors";
import { newId } from "../core/ids";
import type { Bounds } from "../core/money";
import { moveClock, nowMs, resetClock } from "../infra/clock";
import { db } from "../infra/db/client";
import { inProcesses } from "../testing/processes";
import type { Hold } from "./domain";
import type { Lease } from "./leases";
import { flushUsage, giveBackExpiredHolds, recordCall, release, reserve } from "./ledger";

const ttlMs = 10_000;
const one = { units: 1, cost: 3 };
const quotaOf = (units: number): Bounds => ({
  unitsPerMonth: units,
  budgetPerMonth: null,
  budgetPerDay: null,
});

const call = (userId: string, code: string | null = null) => ({
  ...{ id: newId("prd"), userId, keyId: null, modelId: "mdl_leases", version: 1, at: nowMs(), code },
  ...{ rows: 1, units: 1, cost: 2, expense: 0, tokens: 0, queueMs: 0, workMs: 1 },
});

const isLeased = (hold: Hold | null): boolean => hold?.id.startsWith("lse_") ?? false;

type Tried = "counted" | "failed" | "released" | "refused";

async function tryCall(userId: string, bounds: Bounds, end: Exclude<Tried, "refused">): Promise<Tried> {
  try {
    const hold = await reserve(userId, bounds, one, ttlMs);
    if (end === "released" && hold) await release(hold);
    else await recordCall(call(userId, end === "failed" ? "model.failed" : null), hold);
    return end;
  } catch (error) {
    if (error instanceof AppError && /^quota/.test(error.code)) return "refused";
    throw error;
  }
}

/** Calls in lanes beside each other, as somebody does who calls as often as they can. */
async function callOften(userId: string, bounds: Bounds, calls: number, ends: Exclude<Tried, "refused">[]) {
  const tried: Tried[] = [];
  let next = 0;
  const lane = async () => {
    while (next < calls) {
      next += 1;
      tried.push(await tryCall(userId, bounds, ends[next % ends.length] ?? "counted"));
    }
  };
  await Promise.all(Array.from({ length: 20 }, lane));
  return (what: Tried) => tried.filter((one) => one === what).length;
}

async function account(userId: string) {
  const row = await db().usageAccount.findFirstOrThrow({ where: { userId } });
  const holds = await db().usageReservation.count({ where: { userId } });
  return {
    used: Number(row.unitsUsed),
    cost: Number(row.costUsed),
    held: [Number(row.unitsReserved), Number(row.costReserved), Number(row.dayCostReserved)],
    holds,
  };
}

/** Calls until the holds are parts of a lease; answers such a part. */
async function untilLeased(userId: string, bounds: Bounds): Promise<{ part: Hold; calls: number }> {
  for (let calls = 0; calls < 100; calls += 1) {
    const hold = await reserve(userId, bounds, one, ttlMs);
    if (hold && isLeased(hold)) return { part: hold, calls };
    await recordCall(call(userId), hold);
  }
  throw new Error("there never was a lease");
}

afterEach(resetClock);

// Seen failing: with `countCalls` left out of `LeaseSettler.settle`, so that used units are given back before they are counted.
describe("somebody who calls often", () => {
  test("gets exactly what the quota has, whatever fails or is given up in between", async () => {
    const userId = newId("usr");
    const count = await callOften(userId, quotaOf(800), 1_600, [
      "counted",
      "counted",
      "failed",
      "counted",
      "released",
    ]);
    expect(count("counted")).toBe(800);
    expect(count("counted") + count("failed") + count("released") + count("refused")).toBe(1_600);
    await flushUsage();
    expect(await account(userId)).toEqual({ used: 800, cost: 1_600, held: [0, 0, 0], holds: 0 });
  });

  test("is never refused under the limit, and holds nothing in the end", async () => {
    const userId = newId("usr");
    const count = await callOften(userId, { ...quotaOf(800), budgetPerDay: 1_670 }, 800, ["counted"]);
    expect(count("counted")).toBe(800);
    await flushUsage();
    expect(await account(userId)).toEqual({ used: 800, cost: 1_600, held: [0, 0, 0], holds: 0 });
  });

  test("gets it once, from two processes together", async () => {
    const userId = newId("usr");
    const counted = await inProcesses<number>(2, {
      imports: `import { recordCall, reserve, stopUsage } from "./lib/usage/ledger";
        import { newId } from "./lib/core/ids";`,
      lines: `let counted = 0;
        let left = 700;
        const lane = async () => {
          while (left > 0) {
            left -= 1;
            try {
              const hold = await reserve(${JSON.stringify(userId)}, ${JSON.stringify(quotaOf(1_000))}, { units: 1, cost: 0 }, 10000);
              await recordCall({ id: newId("prd"), userId: ${JSON.stringify(userId)}, keyId: null, modelId: "mdl_leases", version: 1,
                at: Date.now(), code: null, rows: 1, units: 1, cost: 0, expense: 0, tokens: 0, queueMs: 0, workMs: 1 }, hold);
              counted += 1;
            } catch (error) {
              if (error.code !== "quota.exceeded") throw error;
            }
          }
        };
        await Promise.all(Array.from({ length: 20 }, lane));
        await stopUsage();
        return counted;`,
    });
    expect(counted.reduce((sum, part) => sum + part, 0)).toBe(1_000);
    await flushUsage();
    expect(await account(userId)).toMatchObject({ used: 1_000, held: [0, 0, 0], holds: 0 });
  });
});

// Seen failing: with `wantedAfter` answering null.
test("somebody who goes on calling never holds for each call alone again", async () => {
  const userId = newId("usr");
  const bounds = quotaOf(100_000);
  const { part } = await untilLeased(userId, bounds);
  await recordCall(call(userId), part);
  const take = async () => {
    const hold = await reserve(userId, bounds, one, ttlMs);
    const until = (hold as { lease?: Lease } | null)?.lease?.until ?? 0;
    await recordCall(call(userId), hold);
    return { id: hold?.id, until };
  };
  const newest = async () =>
    (await db().usageReservation.findFirst({ where: { userId }, orderBy: { expiresAt: "desc" } }))?.id;
  let lease = await take();
  expect(lease.id).toBe(part.id);
  for (let round = 0; round < 3; round += 1) {
    for (let calls = 1; calls <= 6; calls += 1) expect(await take()).toEqual(lease);
    moveClock(lease.until - 900 - nowMs());
    expect(await take()).toEqual(lease);
    await expect.poll(newest).not.toBe(lease.id);
    moveClock(lease.until - nowMs());
    lease = await take();
    expect(lease.id).toBe(await newest());
  }
  expect(lease.id).toMatch(/^lse_/);
});

describe("a lease that its process left behind", () => {
  test("comes back in its time, less what was used of it", async () => {
    const userId = newId("usr");
    const bounds = quotaOf(100_000);
    const { part, calls } = await untilLeased(userId, bounds);
    await recordCall(call(userId), part);
    expect((await account(userId)).holds).toBe(1);
    moveClock(60_000);
    await giveBackExpiredHolds();
    expect(await account(userId)).toMatchObject({ used: calls + 1, held: [0, 0, 0], holds: 0 });
  });

  // Seen failing: without the leases among what `needHolds` asks for.
  test("lets a call that comes late in only as far as there is room", async () => {
    const userId = newId("usr");
    const bounds = quotaOf(1_000);
    const { part, calls } = await untilLeased(userId, bounds);
    // Another process says that its time is over, and somebody takes all that is left.
    await db().usageReservation.deleteMany({ where: { userId } });
    await db().usageAccount.updateMany({
      where: { userId },
      data: { unitsUsed: 1_000, unitsReserved: 0, costReserved: 0, dayCostReserved: 0 },
    });
    await expect(recordCall(call(userId), part)).rejects.toMatchObject({ code: "quota.exceeded" });
    await flushUsage();
    expect(await account(userId)).toMatchObject({ used: 1_000, held: [0, 0, 0] });
    expect(calls).toBeGreaterThan(0);
  });
});
