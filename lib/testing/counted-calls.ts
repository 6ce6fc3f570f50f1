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
}
