import { audited } from "../../audit/commands/audited";
import type { PersonActor } from "../../core/actor";
import { AppError } from "../../core/errors";
import { newId } from "../../core/ids";
import { now } from "../../infra/clock";
import { db } from "../../infra/db/client";
import { readNewPasskey } from "../passkey-ceremony";
import type { Passkey } from "../queries";
import { replaceRecoveryCodes } from "../recovery-codes";
import type { NewPasskeyResponse } from "../schema";
import { dropFactor } from "./drop-factor";
import { noteChange } from "./note-change";

/** Nobody has more devices than this; a list has to end somewhere. */
const passkeysMax = 20;

type NewPasskey = { challengeId: string; name: string; response: NewPasskeyResponse };

/** With the first factor come recovery codes, for when the device is gone. */
export async function addPasskey(
  actor: PersonActor,
  { challengeId, name, response }: NewPasskey,
): Promise<{ passkey: Passkey; recoveryCodes: string[] }> {
  const { user, sessionId } = actor;
  const read = await readNewPasskey(user.id, sessionId, challengeId, response);
  return audited(actor, async (transaction, record) => {
    const isKnown = await transaction.passkey.count({ where: { credentialId: read.credentialId } });
    const own = await transaction.passkey.count({ where: { userId: user.id } });
    if (isKnown > 0 || own >= passkeysMax) throw new AppError("passkey.refused");
    const passkey = await transaction.passkey.create({
      data: { id: newId("pky"), userId: user.id, name, createdAt: now(), ...read },
    });
    const detail = { passkey: name };
    await noteChange(transaction, record, {
      user,
      action: "factor.added",
      change: "passkey_added",
      detail,
      sessionId,
    });
    const left = await transaction.recoveryCode.count({ where: { userId: user.id, usedAt: null } });
    return { passkey, recoveryCodes: left > 0 ? [] : await replaceRecoveryCodes(transaction, user.id) };
  });
}

export const renamePasskey = (actor: PersonActor, id: string, name: string): Promise<Passkey> =>
  audited(actor, async (transaction, record) => {
    const passkey = await transaction.passkey.findFirst({ where: { id, userId: actor.user.id } });
    if (!passkey) throw new AppError("factor.not_found");
    if (passkey.name === name) return passkey;
    record({
      action: "passkey.renamed",
      object: { type: "user", id: actor.user.id, label: actor.user.email },
      detail: { name: { before: passkey.name, after: name } },
    });
    return transaction.passkey.update({ where: { id }, data: { name } });
  });

export async function removePasskey(actor: PersonActor, id: string): Promise<void> {
  const passkey = await db().passkey.findFirst({ where: { id, userId: actor.user.id } });
  if (!passkey) throw new AppError("factor.not_found");
  const dropped = { change: "passkey_removed", detail: { passkey: passkey.name } } as const;
  await dropFactor(actor, dropped, async (transaction) => {
    const removed = await transaction.passkey.deleteMany({ where: { id, userId: actor.user.id } });
    return removed.count === 1;
  });
}
