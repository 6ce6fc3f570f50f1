import type { PersonActor } from "../../core/actor";
import { now } from "../../infra/clock";
import { db } from "../../infra/db/client";
import { getAlert, type WordedAlert } from "../queries";

/** Somebody looked at it; what is for all administrators is seen when one of them did. Twice changes nothing. */
export async function markSeen(actor: PersonActor, id: string): Promise<WordedAlert> {
  const alert = await getAlert(actor, id);
  if (alert.seenAt) return alert;
  await db().alert.updateMany({ where: { id, seenAt: null }, data: { seenAt: now() } });
  return getAlert(actor, id);
}
