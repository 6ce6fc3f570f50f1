import { dayMs } from "../../core/time";
import { now } from "../../infra/clock";
import { singleton, takeSingleton } from "../../infra/singleton";
import { grainStart, percentileOf } from "../../usage/domain";
import { raiseAlert } from "../commands/raise-alert";
import { hourName, isNews } from "./is-news";
import { daysOfModels, type Recent, type Sums, sumBy } from "./recent-calls";

const callsMin = 50;
const historyDays = 7;
/** From one millisecond to four is no trouble to anybody. */
const slowMsMin = 100;

/** Models whose slowest calls take much longer than in the days before. */
export async function lookAtSpeed(
  recent: readonly Recent[],
  names: ReadonlyMap<string, string>,
  percent: number,
): Promise<void> {
  for (const [modelId, sums] of sumBy(recent, (one) => one.modelId)) {
    const model = names.get(modelId);
    const p95 = percentileOf(sums.buckets, 0.95);
    if (model === undefined || Math.round(sums.calls) < callsMin || p95 === null || p95 < slowMsMin) continue;
    const usual = await usualSpeed(modelId);
    if (usual === null || p95 * 100 <= usual * percent) continue;
    const isWell = ({ calls, buckets }: Sums) =>
      calls >= callsMin && (percentileOf(buckets, 0.95) ?? 0) * 100 <= usual * percent;
    if (!(await isNews({ kind: "model.slow", userId: null, modelId }, isWell))) continue;
    await raiseAlert({
      key: `model.slow:${modelId}:${hourName()}`,
      userId: null,
      kind: "model.slow",
      level: "warning",
      facts: { model, calls: Math.round(sums.calls), p95: Math.round(p95), usual: Math.round(usual) },
      object: { type: "model", id: modelId },
    });
  }
}

type Usual = { day: number; models: Map<string, Sums> };

/** Of the whole days before today, read once a day; null: there were too few calls to compare with. */
async function usualSpeed(modelId: string): Promise<number | null> {
  const today = grainStart("day", now().getTime());
  const known = singleton<Partial<Usual>>("watch-usual-speed", () => ({}));
  if (known.day !== today) {
    takeSingleton("watch-usual-speed");
    const models = await daysOfModels(today - historyDays * dayMs, today);
    Object.assign(
      singleton<Partial<Usual>>("watch-usual-speed", () => ({})),
      { day: today, models },
    );
    return speedOf(models.get(modelId));
  }
  return speedOf(known.models?.get(modelId));
}

const speedOf = (sums: Sums | undefined): number | null =>
  sums && sums.calls >= callsMin ? percentileOf(sums.buckets, 0.95) : null;
