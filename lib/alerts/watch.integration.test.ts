import { beforeEach, describe, expect, test } from "vitest";
import { dayMs, hourMs } from "../core/time";
import { moveClock, now } from "../infra/clock";
import { db } from "../infra/db/client";
import { takeSingleton } from "../infra/singleton";
import { flushPlaces, notePlace } from "../keys/commands/note-place";
import { dropAuditTriggers } from "../testing/audit-table";
import { countedCalls } from "../testing/counted-calls";
import { makeAdmin, makeKey, makeModel, makeUser, signedIn } from "../testing/factories";
import { dayOf, monthOf } from "../usage/domain";
import { raiseAlert } from "./commands/raise-alert";
import type { AlertKind } from "./domain";
import { look } from "./watch";
import { lookAtDisk } from "./watch/disk";

/** Between two tests every memory of the watch is gone, and it is some minutes into a whole hour. */
beforeEach(async () => {
  for (const name of ["watch-usual-speed", "watch-key-histories", "watch-audit"]) takeSingleton(name);
  await db().usageCounter.deleteMany();
  await db().alert.deleteMany();
  moveClock(hourMs - (now().getTime() % hourMs) + 10 * 60_000);
});

const alertsOf = async (kind: AlertKind) =>
  (await db().alert.findMany({ where: { kind }, orderBy: { createdAt: "asc" } })).map((row) => ({
    ...row,
    facts: JSON.parse(row.facts),
  }));

test("the same key alerts once, also when many raise it at the same moment", async () => {
  const alert = {
    key: "disk.nearly_full:once",
    userId: null,
    kind: "disk.nearly_full" as const,
    level: "danger" as const,
    facts: { folder: "/data", freePercent: 1, freeBytes: 1 },
  };
  const news = await Promise.all(Array.from({ length: 20 }, () => raiseAlert(alert)));
  expect(news.filter(Boolean)).toHaveLength(1);
  expect(await raiseAlert(alert)).toBe(false);
});

describe("near a cap", () => {
  async function account(used: { units?: number; cost?: number; dayCost?: number; granted?: number }) {
    const plan = await db().plan.create({
      data: {
        ...{ id: `p-${Math.random().toString(36).slice(2)}`, name: "P", description: "", createdAt: now() },
        ...{ unitsPerMonth: 1_000, budgetPerMonth: 5_000_000_000n, budgetPerDay: 1_000_000_000n },
      },
    });
    const user = await makeUser({ planId: plan.id });
    const at = now().getTime();
    await db().usageAccount.create({
      data: {
        ...{ userId: user.id, month: monthOf(at), day: dayOf(at), unitsReserved: 0n, costReserved: 0n },
        ...{ unitsUsed: BigInt(used.units ?? 0), unitsGranted: BigInt(used.granted ?? 0) },
        ...{ costUsed: BigInt(used.cost ?? 0), dayCostUsed: BigInt(used.dayCost ?? 0), dayCostReserved: 0n },
      },
    });
    const told = async () =>
      (await alertsOf("quota.near"))
        .filter(({ userId }) => userId === user.id)
        .map(({ facts }) => `${facts.limit} ${facts.percent}`)
        .sort();
    const use = (unitsUsed: number) =>
      db().usageAccount.updateMany({ where: { userId: user.id }, data: { unitsUsed: BigInt(unitsUsed) } });
    return { told, use };
  }

  test("told at 75, 90 and 100 %, each once, however often and by however many it is looked at", async () => {
    const { told, use } = await account({ units: 749 });
    await look();
    expect(await told()).toEqual([]);
    for (const [units, steps] of [
      [750, ["units 75"]],
      [899, ["units 75"]],
      [900, ["units 75", "units 90"]],
      [1_000, ["units 100", "units 75", "units 90"]],
    ] as const) {
      await use(units);
      await Promise.all([look(), look()]);
      await look();
      expect(await told()).toEqual(steps);
    }
  });

  test("extra units count; budgets of the month and the day by themselves; a new month begins anew", async () => {
    const granted = await account({ units: 800, granted: 1_000 });
    const spent = await account({ cost: 4_600_000_000, dayCost: 1_000_000_000 });
    await look();
    expect([await granted.told(), await spent.told()]).toEqual([[], ["day_budget 100", "month_budget 90"]]);
    await db().usageAccount.updateMany({ data: { day: "2020-01-01", month: "2020-01" } });
    await db().alert.deleteMany();
    await look();
    expect(await spent.told()).toEqual([]);
  });
});

describe("errors", () => {
  test("of a model: administrators and who makes the calls, once while it lasts, again after it was well", async () => {
    const [user, { id: modelId, name: model }] = [await makeUser(), await makeModel()];
    const ids = { userId: user.id, modelId };
    await countedCalls({ ...ids, calls: 19, failures: 19 });
    await look();
    expect(await alertsOf("errors.many")).toEqual([]);
    await countedCalls({ ...ids, calls: 20, failures: 4 });
    await look();
    expect(await alertsOf("errors.many")).toEqual([]);
    await countedCalls({ ...ids, calls: 20, failures: 5 });
    await Promise.all([look(), look()]);
    const found = await alertsOf("errors.many");
    expect(found.map(({ userId, facts }) => [userId, facts.own]).sort()).toEqual(
      [
        [null, false],
        [user.id, true],
      ].sort(),
    );
    expect(found[0]?.facts).toMatchObject({ model, calls: 20, failures: 5 });
    for (let hour = 0; hour < 3; hour += 1) {
      moveClock(hourMs);
      await countedCalls({ ...ids, calls: 20, failures: 20 });
      await look();
    }
    expect(await alertsOf("errors.many")).toHaveLength(2);
    moveClock(hourMs);
    await countedCalls({ ...ids, calls: 200, failures: 1 });
    moveClock(hourMs);
    await countedCalls({ ...ids, calls: 1_000, failures: 1_000 });
    await look();
    await look();
    expect(await alertsOf("errors.many")).toHaveLength(4);
  });

  test("that last are told of again after a day", async () => {
    const [user, { id: modelId }] = [await makeUser(), await makeModel()];
    await countedCalls({ userId: user.id, modelId, calls: 50, failures: 50 });
    await look();
    moveClock(dayMs + 1_000);
    await countedCalls({ userId: user.id, modelId, calls: 50, failures: 50 });
    await look();
    expect(await alertsOf("errors.many")).toHaveLength(4);
  });
});

test("a model that is much slower than in its own days before, once; one that is always slow is not", async () => {
  const [user, slow, usual] = [await makeUser(), await makeModel(), await makeModel()];
  for (const { id: modelId } of [slow, usual])
    await countedCalls({
      userId: user.id,
      modelId,
      calls: 500,
      hoursAgo: 48,
      grain: "day",
      ms: modelId === slow.id ? 50 : 900,
    });
  await countedCalls({ userId: user.id, modelId: slow.id, calls: 49, ms: 900 });
  await countedCalls({ userId: user.id, modelId: usual.id, calls: 60, ms: 900 });
  await look();
  expect(await alertsOf("model.slow")).toEqual([]);
  await countedCalls({ userId: user.id, modelId: slow.id, calls: 50, ms: 900 });
  await Promise.all([look(), look()]);
  const [alert, ...more] = await alertsOf("model.slow");
  expect([more.length, alert?.objectId, alert?.userId]).toEqual([0, slow.id, null]);
  expect(alert?.facts.p95).toBeGreaterThan(alert?.facts.usual * 3);
});

describe("a key that is used unlike before", () => {
  async function keyWithHistory(on_unusual_use: "notify" | "slow" | "freeze", days = 3) {
    const [user, { id: modelId }] = [await makeUser(), await makeModel()];
    const made = await makeKey(user, { on_unusual_use });
    const ids = { userId: user.id, keyId: made.key.id, modelId };
    for (let day = 1; day <= days; day += 1) await countedCalls({ ...ids, calls: 30, hoursAgo: day * 24 });
    const row = () => db().apiKey.findUniqueOrThrow({ where: { id: made.key.id } });
    return { ...made, user, ids, row };
  }

  test("more than five times its highest hour: told, and nothing else by default", async () => {
    const { ids, row } = await keyWithHistory("notify");
    await countedCalls({ ...ids, calls: 150 });
    await look();
    expect(await alertsOf("key.unusual")).toEqual([]);
    await countedCalls({ ...ids, calls: 151 });
    await Promise.all([look(), look()]);
    await look();
    const [alert, ...more] = await alertsOf("key.unusual");
    expect([more.length, alert?.userId, alert?.step]).toEqual([0, ids.userId, null]);
    expect(alert?.facts).toEqual({ key: "Nightly job", reason: "rate", calls: 151, usual: 30 });
    expect(await row()).toMatchObject({ slowedAt: null, frozenAt: null });
  });

  test.each(["slow", "freeze"] as const)("%s: done once and recorded, with one alert", async (step) => {
    const { ids, key, row } = await keyWithHistory(step);
    await countedCalls({ ...ids, calls: 500 });
    await Promise.all([look(), look(), look()]);
    const alerts = await alertsOf("key.unusual");
    expect(alerts).toMatchObject([{ step, level: "danger", objectId: key.id }]);
    const { slowedAt, frozenAt, frozenReason } = await row();
    expect([slowedAt !== null, frozenAt !== null]).toEqual([step === "slow", step === "freeze"]);
    expect(slowedAt ?? frozenAt).toEqual(alerts[0]?.createdAt);
    expect(frozenReason).toBe(step === "freeze" ? "It was used quite unlike before" : null);
    const events = await db().auditEvent.findMany({ where: { objectId: key.id, actorKind: "system" } });
    expect(events.map(({ action }) => action)).toEqual([step === "slow" ? "key.slowed" : "key.frozen"]);
  });

  test("nothing is said of a key without a history of three days, or below 100 calls", async () => {
    const young = await keyWithHistory("freeze", 2);
    const quiet = await keyWithHistory("freeze");
    await db().usageCounter.updateMany({ where: {}, data: { calls: 1n } });
    await countedCalls({ ...young.ids, calls: 5_000 });
    await countedCalls({ ...quiet.ids, calls: 99 });
    await look();
    expect(await alertsOf("key.unusual")).toEqual([]);
  });

  test("many more errors than before: a step only when the model works for others", async () => {
    const alone = await keyWithHistory("freeze");
    await countedCalls({ ...alone.ids, calls: 40, failures: 30 });
    const beside = await keyWithHistory("freeze");
    await countedCalls({ ...beside.ids, calls: 40, failures: 30 });
    const other = await makeUser();
    await countedCalls({ userId: other.id, modelId: beside.ids.modelId, calls: 100 });
    const broken = await keyWithHistory("freeze");
    await countedCalls({ ...broken.ids, calls: 40, failures: 30 });
    await countedCalls({ userId: other.id, modelId: broken.ids.modelId, calls: 100, failures: 90 });
    await look();
    const alerts = await alertsOf("key.unusual");
    expect(alerts.map(({ objectId, step, facts }) => [objectId, step, facts.reason]).sort()).toEqual(
      [
        [alone.key.id, null, "errors"],
        [beside.key.id, "freeze", "errors"],
      ].sort(),
    );
    expect((await broken.row()).frozenAt).toBeNull();
  });

  test("a new place, once the old ones are a week old; a place it was used from before is none", async () => {
    const { key } = await keyWithHistory("slow");
    notePlace(key.id, "192.0.2.1");
    await flushPlaces();
    await look();
    moveClock(6 * dayMs);
    notePlace(key.id, "192.0.2.2");
    await flushPlaces();
    await look();
    expect(await alertsOf("key.unusual")).toEqual([]);
    moveClock(2 * dayMs);
    notePlace(key.id, "192.0.2.1");
    notePlace(key.id, "2001:db8:1:2::7");
    notePlace(key.id, "2001:db8:1:2::8");
    await flushPlaces();
    await Promise.all([look(), look()]);
    const alerts = await alertsOf("key.unusual");
    expect(alerts.map(({ facts, step }) => [facts.reason, facts.place, step])).toEqual([
      ["place", "2001:db8:1:2::/64", "slow"],
    ]);
    expect(await db().keyPlace.count({ where: { keyId: key.id } })).toBe(3);
  });
});

test("a webhook that was switched off by itself is told of once; one that its owner switched off is not", async () => {
  const { id: userId } = await makeUser();
  const endpoint = (id: string, disabledReason: string | null) => ({
    ...{ id, userId, url: "https://a.example/x", events: "alert.raised", secretSealed: "" },
    ...{ createdAt: now(), disabledAt: now(), disabledReason },
  });
  await db().webhookEndpoint.createMany({
    data: [endpoint("whk_gone", "It answered 410: it is gone."), endpoint("whk_off", null)],
  });
  await Promise.all([look(), look()]);
  expect((await alertsOf("webhook.disabled")).map(({ objectId }) => objectId)).toEqual(["whk_gone"]);
});

test("a disk that is nearly full is told of once a day, to administrators", async () => {
  const space = (bavail: number) => async () => ({ bavail, blocks: 1_000, bsize: 4_096 });
  await lookAtDisk(10, space(100));
  expect(await alertsOf("disk.nearly_full")).toEqual([]);
  await Promise.all([lookAtDisk(10, space(99)), lookAtDisk(10, space(99))]);
  moveClock(2 * hourMs);
  await lookAtDisk(10, space(50));
  expect(await alertsOf("disk.nearly_full")).toMatchObject([
    { userId: null, facts: { freePercent: 9, freeBytes: 99 * 4_096 } },
  ]);
  moveClock(dayMs);
  await lookAtDisk(10, space(50));
  expect(await alertsOf("disk.nearly_full")).toHaveLength(2);
});

/** The last one: from here on the log does not hold. */
test("an audit log that was changed is told of, with the place", async () => {
  const actor = await signedIn(await makeAdmin());
  for (let index = 0; index < 3; index += 1) await makeKey(actor.user);
  await look();
  expect(await alertsOf("audit.broken")).toEqual([]);
  await dropAuditTriggers();
  const last = await db().auditEvent.findFirstOrThrow({ orderBy: { position: "desc" } });
  const changed = last.position - 1;
  await db().auditEvent.update({ where: { position: changed }, data: { actorLabel: "somebody else" } });
  await look();
  expect(await alertsOf("audit.broken")).toEqual([]);
  moveClock(hourMs);
  await look();
  moveClock(hourMs);
  await look();
  expect((await alertsOf("audit.broken")).map(({ facts }) => facts)).toEqual([
    { position: changed, why: "its content was changed" },
  ]);
});
