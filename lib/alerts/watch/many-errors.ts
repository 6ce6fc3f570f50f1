import { raiseAlert } from "../commands/raise-alert";
import { hourName, isNews } from "./is-news";
import { type Recent, type Sums, sumBy } from "./recent-calls";

export const errorCallsMin = 20;

/** Enough calls to say so, and more of them failed than is fine. */
export const isFailing = ({ calls, failures }: Sums, percent: number): boolean =>
  Math.round(calls) >= errorCallsMin && failures * 100 > percent * calls;

/** Models that fail for many, told to administrators; and one's own calls, told to whoever makes them. */
export async function lookAtErrors(
  recent: readonly Recent[],
  names: ReadonlyMap<string, string>,
  percent: number,
): Promise<void> {
  for (const [modelId, sums] of sumBy(recent, (one) => one.modelId))
    await raiseIfFailing({ userId: null, modelId, sums, names, percent });
  for (const [both, sums] of sumBy(recent, (one) => `${one.userId} ${one.modelId}`)) {
    const [userId = "", modelId = ""] = both.split(" ");
    await raiseIfFailing({ userId, modelId, sums, names, percent });
  }
}

type Look = {
  userId: string | null;
  modelId: string;
  sums: Sums;
  names: ReadonlyMap<string, string>;
  percent: number;
};

async function raiseIfFailing({ userId, modelId, sums, names, percent }: Look): Promise<void> {
  const model = names.get(modelId);
  if (model === undefined || !isFailing(sums, percent)) return;
  const isWell = (hour: Sums) => hour.calls > 0 && hour.failures * 100 <= percent * hour.calls;
  if (!(await isNews({ kind: "errors.many", userId, modelId }, isWell))) return;
  const calls = Math.round(sums.calls);
  await raiseAlert({
    key: `errors.many:${userId ?? "admins"}:${modelId}:${hourName()}`,
    userId,
    kind: "errors.many",
    level: "warning",
    facts: { model, calls, failures: Math.min(calls, Math.round(sums.failures)), own: userId !== null },
    object: { type: "model", id: modelId },
  });
}
