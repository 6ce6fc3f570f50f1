import { hourMs } from "../core/time";
import { now } from "../infra/clock";
import { db } from "../infra/db/client";
import { grainStart, latencyBounds, latencyBuckets } from "../usage/domain";

type Counted = {
  userId: string;
  keyId?: string;
  modelId: string;
  calls: number;
  failures?: number;
  /** How long each of them took. */
  ms?: number;
  /** How many hours ago; with `grain: "day"` that day. */
  hoursAgo?: number;
  grain?: "hour" | "day";
};

/** Counters as if so many calls had been made, for what only reads these. */
export async function countedCalls(given: Counted): Promise<void> {
  const { userId, keyId = "", modelId, calls, failures = 0, ms = 10, hoursAgo = 0, grain = "hour" } = given;
  const subject = await db().usageSubject.upsert({
    where: { userId_keyId_modelId: { userId, keyId, modelId } },
    create: { userId, keyId, modelId },
    update: {},
  });
  const bucket = latencyBounds.findIndex((bound) => ms <= bound);
  const buckets = Object.fromEntries(
    Array.from({ length: latencyBuckets }, (_, index) => [`b${index}`, index === bucket ? calls : 0]),
  );
  const at = BigInt(grainStart(grain, now().getTime() - hoursAgo * hourMs));
  const place = { grain: grain === "hour" ? 1 : 2, subject: subject.number, at };
  const sums = { calls: BigInt(calls), failures: BigInt(failures), ...buckets };
  const nothing = { rows: 0n, units: 0n, cost: 0n, expense: 0n, tokens: 0n, queueUs: 0n, workUs: 0n };
  await db().usageCounter.upsert({
    where: { grain_subject_at: place },
    create: { ...place, ...nothing, ...sums } as never,
    update: sums,
  });
  await totalOfModel(place.grain, at, modelId);
}

/** What everybody's counters of a model add up to, as counting keeps it beside them. */
async function totalOfModel(grain: number, at: bigint, modelId: string): Promise<void> {
  const place = { grain, about: 1, at, name: modelId };
  const subjects = await db().usageSubject.findMany({ where: { modelId }, select: { number: true } });
  const rows = await db().usageCounter.findMany({
    where: { grain, at, subject: { in: subjects.map(({ number }) => number) } },
  });
  const total: Record<string, bigint | number> = {};
  for (const { grain: _grain, subject: _subject, at: _at, ...sums } of rows)
    for (const [name, value] of Object.entries(sums))
      total[name] =
        typeof value === "bigint" ? BigInt(total[name] ?? 0) + value : Number(total[name] ?? 0) + value;
  await db().usageTotal.upsert({
    where: { grain_about_at_name: place },
    create: { ...place, ...total } as never,
    update: total,
  });
}
