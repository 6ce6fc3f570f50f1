import { type Actor, isAdmin, isUser } from "../core/actor";
import { AppError } from "../core/errors";
import { now } from "../infra/clock";
import { db } from "../infra/db/client";
import type { Facts, Refusal } from "./domain";
import { canSeeRefusal } from "./policy";
import { flushRefusals, refusalsKeptMs } from "./recorder";

/** Callers can choose their request ids: of several the newest that this one may see. */
const candidatesMax = 20;

export type KnownRefusal = Refusal & {
  user: { id: string; email: string } | null;
  key: { id: string; name: string } | null;
};

export async function getRefusal(actor: Actor, requestId: string): Promise<KnownRefusal> {
  await flushRefusals();
  const rows = await db().refusal.findMany({
    where: {
      requestId,
      at: { gte: new Date(now().getTime() - refusalsKeptMs) },
      ...(isUser(actor) && !isAdmin(actor) ? { userId: actor.user.id } : {}),
    },
    orderBy: [{ at: "desc" }, { id: "desc" }],
    take: candidatesMax,
  });
  const row = rows.find((candidate) => canSeeRefusal(actor, candidate));
  if (!row) throw new AppError("refusal.not_found");
  const named = { id: true, email: true } as const;
  const user = row.userId && (await db().user.findUnique({ where: { id: row.userId }, select: named }));
  const key =
    row.keyId &&
    (await db().apiKey.findUnique({ where: { id: row.keyId }, select: { id: true, name: true } }));
  return { ...row, facts: JSON.parse(row.facts) as Facts, user: user || null, key: key || null };
}
