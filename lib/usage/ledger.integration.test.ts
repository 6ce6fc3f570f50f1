import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { AppError } from "../core/errors";
import { newId } from "../core/ids";
import type { Bounds } from "../core/money";
import { moveClock, nowMs } from "../infra/clock";
import * as aside from "../infra/db/aside";
import { db } from "../infra/db/client";
import { env } from "../infra/env";
import type { CallRecord, Hold } from "./domain";
import {
  callStatements,
  countLastCalls,
  flushUsage,
  giveBackExpiredHolds,
  holdStatements,
  quotaRefusal,
  recordCall,
  release,
  releaseStatements,
  reserve,
} from "./ledger";

vi.mock("../infra/db/aside", { spy: true });

const open: Bounds = { unitsPerMonth: null, budgetPerMonth: null, budgetPerDay: null };
const quota = (unitsPerMonth: number): Bounds => ({ ...open, unitsPerMonth });
const one = { units: 1, cost: 0 };
const longMs = 60_000;
let userId: string;

beforeEach(() => {
  userId = newId("usr");
  // Noon in the middle of a month: no test runs over an end that it does not mean.
  moveClock(Date.parse("2027-01-15T12:00:00Z") - Date.now());
});

const call = (given: Partial<CallRecord> = {}): CallRecord => ({
  ...{ id: newId("prd"), userId, keyId: null, modelId: "mdl_test", version: 1, at: nowMs(), code: null },
  ...{ rows: 1, units: 1, cost: 0, expense: 0, tokens: 0, queueMs: 0.5, workMs: 2.25 },
  ...given,
});

async function held(bounds: Bounds, ask = one, ttlMs = longMs): Promise<Hold> {
  const hold = await reserve(userId, bounds, ask, ttlMs);
  if (!hold) throw new Error("nothing was held");
  return hold;
}

const codeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => "passed",
    (error: unknown) => (error instanceof AppError ? error.code : String(error)),
  );

async function account() {
  const row = await db().usageAccount.findFirst({ where: { userId }, orderBy: { month: "desc" } });
  return {
    used: Number(row?.unitsUsed),
    reserved: Number(row?.unitsReserved),
    cost: Number(row?.costUsed),
    costReserved: Number(row?.costReserved),
    dayCost: Number(row?.dayCostUsed),
    dayReserved: Number(row?.dayCostReserved),
  };
}

const callsOf = async (ids: string[]) =>
  db().usageCall.findMany({
    where: { id: { in: ids.map((id) => id.slice(4)) } },
    orderBy: { position: "asc" },
  });

describe("a quota", () => {
  test("admits exactly what it has, of somebody who never called before, all at once", async () => {
    const codes = await Promise.all(Array.from({ length: 50 }, () => codeOf(held(quota(10)))));
    expect(codes.filter((code) => code === "passed")).toHaveLength(10);
    expect(codes.filter((code) => code === "quota.exceeded")).toHaveLength(40);
    expect(await account()).toMatchObject({ used: 0, reserved: 10 });
  });

  test("admits what fits behind what does not", async () => {
    const asks = [3, 9, 5, 4, 2].map((units) => codeOf(held(quota(10), { units, cost: 0 })));
    expect(await Promise.all(asks)).toEqual([
      "passed",
      "quota.exceeded",
      "passed",
      "quota.exceeded",
      "passed",
    ]);
  });

  test("begins anew with the month, and says when", async () => {
    await recordCall(call({ units: 2 }), await held(quota(2), { units: 2, cost: 0 }));
    const error = await held(quota(2)).catch((reason: AppError) => reason);
    expect(error).toMatchObject({
      code: "quota.exceeded",
      retryAfterSeconds: 16.5 * 24 * 3600,
      extra: {
        "violated-policies": ["month"],
        ...{ limit: 2, used: 2, reserved: 0, reset: "2027-02-01T00:00:00.000Z" },
      },
    });
    moveClock(17 * 24 * 3_600_000);
    expect(await codeOf(held(quota(2)))).toBe("passed");
  });

  test("that only running calls are in the way of is worth asking again in a second", async () => {
    await held(quota(1));
    const error = await held(quota(1)).catch((reason: AppError) => reason);
    expect(error).toMatchObject({ retryAfterSeconds: 1, extra: { used: 0, reserved: 1 } });
  });

  test("grows by what an administrator gave, before the first call of the month too", async () => {
    const about = { id: newId("grn"), userId, month: "2027-01", units: 3, note: "", createdAt: new Date() };
    await db().usageGrant.create({ data: { ...about, createdByLabel: "test" } });
    const codes = await Promise.all(Array.from({ length: 6 }, () => codeOf(held(quota(2)))));
    expect(codes.filter((code) => code === "passed")).toHaveLength(5);
  });

  test("is free again when the call did not take place", async () => {
    await release(await held(quota(1)));
    expect(await codeOf(held(quota(1)))).toBe("passed");
    expect(await account()).toMatchObject({ used: 0, reserved: 1 });
  });

  test("of nobody without bounds, whose calls count all the same", async () => {
    expect(await reserve(userId, open, one, longMs)).toBeNull();
    await recordCall(call({ units: 7, cost: 5 }), null);
    await flushUsage();
    expect(await account()).toMatchObject({ used: 7, reserved: 0, cost: 5, dayCost: 5 });
    expect(await codeOf(held(quota(7)))).toBe("quota.exceeded");
  });
});

describe("a budget", () => {
  const budgets: Bounds = { unitsPerMonth: null, budgetPerMonth: 5_000_000_000, budgetPerDay: 2_000_000_000 };
  const ask = { units: 1, cost: 1_500_000_000 };

  test("of the day is free again tomorrow, that of the month is not", async () => {
    for (const _day of [1, 2, 3]) {
      await recordCall(call({ cost: ask.cost }), await held(budgets, ask));
      moveClock(24 * 3_600_000);
    }
    const error = await held(budgets, ask).catch((reason: AppError) => reason);
    expect(error).toMatchObject({
      code: "quota.budget_exceeded",
      extra: {
        "violated-policies": ["month-budget"],
        limit: 5,
        used: 4.5,
        reset: "2027-02-01T00:00:00.000Z",
      },
    });
    await recordCall(call({ cost: 500_000_000 }), await held(budgets, { units: 1, cost: 500_000_000 }));
    expect(await account()).toMatchObject({ cost: 5_000_000_000, dayCost: 500_000_000, dayReserved: 0 });
  });

  test("of the day says that it is of the day", async () => {
    await held(budgets, ask);
    const error = await held(budgets, ask).catch((reason: AppError) => reason);
    expect(error).toMatchObject({
      extra: { "violated-policies": ["day-budget"], reserved: 1.5, reset: "2027-01-16T00:00:00.000Z" },
    });
  });

  test("of a day that ended while a call ran is left alone by it", async () => {
    const late = await held(budgets, ask);
    moveClock(24 * 3_600_000);
    const today = await held(budgets, ask);
    await recordCall(call({ cost: ask.cost }), late);
    expect(await account()).toMatchObject({ cost: ask.cost, dayCost: 0, dayReserved: ask.cost });
    await recordCall(call({ cost: ask.cost }), today);
    expect(await account()).toMatchObject({ dayCost: ask.cost, dayReserved: 0, costReserved: 0 });
  });
});

describe("a recorded call", () => {
  test("is in the database when it is answered, once, and charged what was used", async () => {
    const hold = await held({ ...open, budgetPerMonth: 100 }, { units: 3, cost: 100 });
    const record = call({ units: 3, cost: 40 });
    await recordCall(record, hold);
    expect(await callsOf([record.id])).toMatchObject([
      { rows: 1, units: 3, cost: 40n, queueUs: 500, workUs: 2250 },
    ]);
    expect(await account()).toMatchObject({ used: 3, reserved: 0, cost: 40, costReserved: 0 });
    expect(await db().usageReservation.count({ where: { userId } })).toBe(0);
  });

  test("is never charged more than was held for it", async () => {
    const record = call({ units: 2, cost: 999 });
    await recordCall(record, await held(quota(5), { units: 1, cost: 10 }));
    expect(await account()).toMatchObject({ used: 1, cost: 10, reserved: 0, costReserved: 0 });
    expect(await callsOf([record.id])).toMatchObject([{ units: 1, cost: 10n }]);
  });

  test("costs nothing when it failed", async () => {
    const record = call({ code: "model.failed", cost: 5 });
    await recordCall(record, await held(quota(1)));
    expect(await account()).toMatchObject({ used: 0, reserved: 0 });
    expect(await callsOf([record.id])).toMatchObject([{ code: "model.failed", units: 0, cost: 0n }]);
  });

  test("has a position without a gap, with many at once", async () => {
    await flushUsage();
    const records = Array.from({ length: 300 }, (_, index) => call({ modelId: `mdl_${index % 7}` }));
    await Promise.all(records.map((record) => recordCall(record, null)));
    const positions = (await callsOf(records.map(({ id }) => id))).map(({ position }) => Number(position));
    const first = positions[0] ?? 0;
    expect(positions).toEqual(records.map((_, index) => first + index));
    const head = await db().usageHead.findUniqueOrThrow({ where: { id: 1 } });
    expect(Number(head.position)).toBe(first + 299);
    await flushUsage();
    expect(await account()).toMatchObject({ used: 300 });
  });

  test("that cannot be written is told so, and the next one is written", async () => {
    await db().$executeRaw`ALTER TABLE usage_calls RENAME TO usage_calls_away`;
    const lost = await codeOf(recordCall(call(), null));
    await db().$executeRaw`ALTER TABLE usage_calls_away RENAME TO usage_calls`;
    expect(lost).toBe("service.unavailable");
    expect(await codeOf(recordCall(call(), null))).toBe("passed");
    await flushUsage();
    expect(await account()).toMatchObject({ used: 1 });
  });

  // Each seen failing: with `flush` instead of `written`, which waits for a pause.
  describe("while others call without a pause", () => {
    let isOver = false;
    let others: Promise<void>[];
    beforeEach(() => {
      isOver = false;
      others = Array.from({ length: 8 }, async () => {
        while (!isOver) await recordCall(call({ userId: "usr_other" }), null);
      });
    });
    afterEach(async () => {
      isOver = true;
      await Promise.all(others);
    });

    test("is counted for who looks", async () => {
      const mine = call();
      await recordCall(mine, null);
      await countLastCalls();
      const [row] = await callsOf([mine.id]);
      const { counted } = await db().usageHead.findFirstOrThrow();
      expect(counted).toBeGreaterThanOrEqual(row?.position ?? Number.POSITIVE_INFINITY);
    });

    test("without bounds is in the account when a plan with bounds asks", async () => {
      await recordCall(call({ units: 7 }), null);
      expect(await codeOf(held(quota(7)))).toBe("quota.exceeded");
    });
  });

  // Seen failing: without the look at `unbounded` in lib/usage/pipeline.ts.
  test("without bounds is in the account as soon as a plan with bounds asks", async () => {
    for (let count = 0; count < 3; count += 1) await recordCall(call(), null);
    expect(await codeOf(held(quota(3)))).toBe("quota.exceeded");
    expect(await codeOf(held(quota(4)))).toBe("passed");
  });
});

describe("a hold whose owner is gone", () => {
  test("is given back to the next who asks, after its time", async () => {
    await held(quota(1));
    expect(await codeOf(held(quota(1)))).toBe("quota.exceeded");
    moveClock(longMs);
    expect(await codeOf(held(quota(1)))).toBe("passed");
    expect(await account()).toMatchObject({ used: 0, reserved: 1 });
  });

  test("is given back when nobody asks", async () => {
    await held(quota(1), { units: 1, cost: 9 });
    await giveBackExpiredHolds();
    expect(await account()).toMatchObject({ reserved: 1, costReserved: 9, dayReserved: 9 });
    moveClock(longMs);
    await giveBackExpiredHolds();
    expect(await account()).toMatchObject({ reserved: 0, costReserved: 0, dayReserved: 0 });
  });

  // Seen failing: without `needHolds` in lib/usage/pipeline.ts.
  test("and who was only asleep is admitted again, or refused, but never overspends", async () => {
    const [asleep, other] = [await held(quota(2)), await held(quota(2))];
    moveClock(longMs);
    await giveBackExpiredHolds();
    const refused = call();
    expect(await codeOf(recordCall(refused, asleep))).toBe("passed");
    expect(await account()).toMatchObject({ used: 1, reserved: 0 });
    await recordCall(call(), await held(quota(2)));
    const records = [call(), call({ code: "model.failed" })];
    const [late, failed, released, unbound] = await Promise.all([
      codeOf(recordCall(records[0] as CallRecord, other)),
      codeOf(recordCall(records[1] as CallRecord, asleep)),
      codeOf(release(other)),
      codeOf(recordCall(call({ userId: newId("usr") }), null)),
    ]);
    expect([late, failed, released, unbound]).toEqual(["quota.exceeded", "passed", "passed", "passed"]);
    expect(await account()).toMatchObject({ used: 2, reserved: 0 });
    expect(await callsOf(records.map(({ id }) => id))).toMatchObject([{ code: "model.failed" }]);
  });
});

describe("in a transaction of one's own", () => {
  const task = { units: 10, cost: 100 };
  const shared = (): Hold => ({ id: newId("rsv"), userId, month: "2027-01", day: "2027-01-15", ...task });

  test("a hold is shared by many calls, and what they leave is given back", async () => {
    const hold = shared();
    await aside.writeAside(holdStatements(hold, quota(10), nowMs() + longMs, "tsk_1"));
    expect(await codeOf(held(quota(10)))).toBe("quota.exceeded");
    const part = { ...hold, units: 4, cost: 40 };
    const entries = [
      { record: call({ units: 4, cost: 12 }), hold: part },
      { record: call({ code: "model.failed" }), hold: { ...part, units: 3 } },
    ];
    await aside.writeAside(await callStatements(entries));
    expect(await account()).toMatchObject({
      used: 4,
      reserved: 3,
      cost: 12,
      costReserved: 20,
      dayReserved: 20,
    });
    await aside.writeAside(releaseStatements(hold));
    await aside.writeAside(releaseStatements(hold));
    expect(await account()).toMatchObject({
      used: 4,
      reserved: 0,
      cost: 12,
      costReserved: 0,
      dayReserved: 0,
    });
    expect(await codeOf(aside.writeAside(await callStatements(entries)))).toMatch("NothingChanged");
  });

  test("one that does not fit undoes the whole, and the refusal has its numbers", async () => {
    await held(quota(10));
    const statements = holdStatements(shared(), quota(10), nowMs() + longMs, "tsk_1");
    expect(await codeOf(aside.writeAside(statements))).toMatch("NothingChanged");
    expect(await account()).toMatchObject({ used: 0, reserved: 1 });
    const error = await quotaRefusal(userId, quota(10), task);
    expect(error).toMatchObject({ code: "quota.exceeded", extra: { limit: 10, used: 0, reserved: 1 } });
  });
});

/** The connection breaks after the commit, before its answer: what the server has done nobody heard. */
function loseNextAnswer(): void {
  const real = vi.mocked(aside.writeAside).getMockImplementation();
  vi.mocked(aside.writeAside).mockImplementationOnce(async (statements) => {
    await (real ?? aside.writeAside)(statements);
    throw Object.assign(new Error("connection lost"), { code: "P1017" });
  });
}

// A file answers or fails; only a server can be gone in between.
if (env().database === "postgres")
  describe("when the answer of a commit is lost", () => {
    // Seen failing: without `numberStatement` in lib/usage/written-batches.ts.
    test("what was written is found, and not written again", async () => {
      // A newcomer's number is given out in a transaction of its own, which is not meant here.
      await recordCall(call({ code: "model.failed" }), null);
      const first = await held(quota(3));
      loseNextAnswer();
      const record = call();
      const [, hold, refused] = await Promise.all([
        recordCall(record, first),
        held(quota(3), { units: 2, cost: 0 }),
        codeOf(held(quota(3), { units: 2, cost: 0 })),
      ]);
      expect(refused).toBe("quota.exceeded");
      expect(await callsOf([record.id])).toHaveLength(1);
      expect(await account()).toMatchObject({ used: 1, reserved: 2 });
      await recordCall(call({ units: 2 }), hold);
      expect(await account()).toMatchObject({ used: 3, reserved: 0 });
    });
  });
