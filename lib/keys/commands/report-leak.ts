import { audited } from "../../audit/commands/audited";
import type { AnonymousActor } from "../../core/actor";
import { now } from "../../infra/clock";
import { keyIn, keyState, unusualFreeze } from "../domain";
import { findKeyBySecret, type Key } from "../queries";

/**
 * Somebody found what may be a key where it should not be, and sends it: if it is a live one, it opens nothing
 * from now on. Who sends it holds it already, so nobody has to prove who they are.
 *
 * Any text is looked up in the same way and nothing is answered, so this is no place to try keys out. Only a
 * live key gets as far as the log, so garbage cannot fill it or queue up before it.
 */
export async function reportLeak(actor: AnonymousActor, text: string): Promise<void> {
  const key = await findKeyBySecret(keyIn(text) ?? text);
  if (!key || !isWorthFreezing(key)) return;
  await audited(actor, async (transaction, record) => {
    const frozen = await transaction.apiKey.updateMany({
      where: { id: key.id, revokedAt: null, OR: [{ frozenAt: null }, { frozenReason: unusualFreeze }] },
      data: { frozenAt: now(), frozenReason: "Its secret was reported as leaked" },
    });
    if (frozen.count === 0) return;
    record({
      action: "key.reported",
      object: { type: "key", id: key.id, label: key.name },
      detail: { user_id: key.userId },
    });
  });
}

/** One that was frozen for unusual use could be let go with one click; from now on it cannot. */
function isWorthFreezing(key: Key): boolean {
  const state = keyState(key, now());
  return state === "live" || (state === "frozen" && key.frozenReason === unusualFreeze);
}
