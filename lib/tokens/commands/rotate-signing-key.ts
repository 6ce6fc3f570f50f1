import { audited } from "../../audit/commands/audited";
import { type Actor, requireAdmin } from "../../core/actor";
import { draftSigningKey, findCurrentRow, replaceSigningKey, rotationEvent } from "../signing-keys";

/** From now on a new key signs; tokens that the old one signed stay good until they are over. */
export async function rotateSigningKey(actor: Actor) {
  requireAdmin(actor);
  const draft = await draftSigningKey();
  return audited(actor, async (transaction, record) => {
    record(rotationEvent(draft, await findCurrentRow(transaction)));
    return replaceSigningKey(transaction, draft);
  });
}
