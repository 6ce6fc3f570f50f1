import { type Actor, isUser } from "../../core/actor";
import { AppError } from "../../core/errors";
import { newId } from "../../core/ids";
import { announceChange } from "../../infra/bus";
import { now } from "../../infra/clock";
import { db, type Transaction } from "../../infra/db/client";
import { isDatabaseUnavailable } from "../../infra/db/errors";
import { auditVersionAt, macAtLeast, macLike, versionIn } from "../../infra/secrets";
import { changedIds, type NewAuditEvent, type SealedFields, sealedText } from "../domain";

export type RecordEvent = (event: NewAuditEvent) => void;

/**
 * Makes a change and writes its audit events in one transaction: both happen or neither does.
 *
 * The head is locked first. That puts all audited changes into one order on both databases, so the chain
 * has no forks, and what `change` reads cannot be changed by another audited change until it is done.
 *
 * Afterwards every process hears which objects changed (and whose they are, by `detail.user_id`), and forgets
 * what it had kept about them.
 */
export async function audited<T>(
  actor: Actor,
  change: (transaction: Transaction, record: RecordEvent) => Promise<T>,
): Promise<T> {
  const events: NewAuditEvent[] = [];
  const result = await db().$transaction(async (transaction) => {
    const head = await lockHead(transaction);
    const changed = await change(transaction, (event) => events.push(event));
    if (events.length > 0) await append(transaction, actor, head, events);
    return changed;
  });
  announceChange(
    changedIds(events.map(({ action, object, detail = {} }) => ({ action, objectId: object.id, detail }))),
  );
  return result;
}

type Head = { position: number; hash: string };

async function lockHead(transaction: Transaction): Promise<Head> {
  return guarded(() =>
    transaction.auditHead.update({ where: { id: 1 }, data: { position: { increment: 0 } } }),
  );
}

async function append(
  transaction: Transaction,
  actor: Actor,
  head: Head,
  events: NewAuditEvent[],
): Promise<void> {
  let { position, hash } = head;
  const rows = events.map((event) => {
    position += 1;
    const row = {
      position,
      id: newId("evt"),
      at: now(),
      actorKind: actor.kind,
      actorId: isUser(actor) ? actor.user.id : null,
      actorLabel: actorLabel(actor),
      action: event.action,
      objectType: event.object.type,
      objectId: event.object.id,
      objectLabel: event.object.label,
      address: actor.origin.address,
      requestId: actor.origin.requestId,
      detail: JSON.stringify(event.detail ?? {}),
      previous: hash,
    };
    hash = eventHash(row, hash);
    return { ...row, hash };
  });
  await guarded(async () => {
    for (const row of rows) await transaction.auditEvent.create({ data: row });
    await transaction.auditHead.update({
      where: { id: 1 },
      data: { position, hash, seal: headSeal(position, hash) ?? "" },
    });
  });
}

function actorLabel(actor: Actor): string {
  if (actor.kind === "system") return "this install";
  if (actor.kind === "key") return `${actor.user.email} with the key ${actor.key.name}`;
  return isUser(actor) ? actor.user.email : "not signed in";
}

/**
 * Keyed: who can write to the database but not read the secrets cannot make a chain that verifies. Each hash says
 * with which version of the secret it was made, and that never goes back along the chain: who got hold of an earlier
 * version can neither go on from an old event nor change one without all that follow.
 */
function eventHash(event: SealedFields, previous: string): string {
  const least = Math.max(versionIn(previous), auditVersionAt(event.position));
  const hash = macAtLeast("audit", least, sealedText(event));
  if (hash === null) throw new Error(`secrets.json has no version ${least} of the audit secret`);
  return hash;
}

/** Does the hash of a stored event fit it, by a version that may stand there? */
export function isOwnHash(event: SealedFields & { hash: string }, previous: string): boolean {
  const least = Math.max(versionIn(previous), auditVersionAt(event.position));
  return versionIn(event.hash) >= least && event.hash === macLike("audit", event.hash, sealedText(event));
}

/** Made with the version of the newest event; null: this process does not have it. */
export const headSeal = (position: number, hash: string): string | null =>
  macLike("audit", hash, `head:${position}:${hash}`);

/** What cannot be recorded is not done. */
async function guarded<T>(write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (cause) {
    if (isDatabaseUnavailable(cause)) throw cause;
    throw new AppError("audit.unavailable", { retryAfterSeconds: 30, cause });
  }
}
