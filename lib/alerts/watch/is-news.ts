import { dayMs } from "../../core/time";
import { now } from "../../infra/clock";
import { db } from "../../infra/db/client";
import type { AlertKind } from "../domain";
import { hoursAfter, type Sums } from "./recent-calls";

type Trouble = { kind: AlertKind; userId: string | null; modelId: string };

/** The same trouble is told of again only after it was well for an hour, or when it lasts for more than a day. */
export async function isNews(
  { kind, userId, modelId }: Trouble,
  isWell: (hour: Sums) => boolean,
): Promise<boolean> {
  const last = await db().alert.findFirst({
    where: { kind, userId, objectId: modelId, createdAt: { gt: new Date(now().getTime() - dayMs) } },
    orderBy: { createdAt: "desc" },
  });
  if (!last) return true;
  return (await hoursAfter(modelId, userId, last.createdAt)).some(isWell);
}

/** In the key of an alert: of two processes that find out at the same moment one is first. */
export const hourName = (): string => now().toISOString().slice(0, 13);
