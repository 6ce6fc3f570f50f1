import type { AnonymousActor } from "../../core/actor";
import { AppError } from "../../core/errors";
import { claimPasskey } from "../../factors/passkey-ceremony";
import type { PasskeyResponse } from "../../factors/schema";
import { db } from "../../infra/db/client";
import { type SignInOptions, startAfterGate } from "./start-after-gate";

type Answer = { challengeId: string; response: PasskeyResponse };

/** A passkey alone: the device itself asked for a finger, a face or its PIN, so it is both factors in one. */
export async function signInWithPasskey(
  actor: AnonymousActor,
  { challengeId, response }: Answer,
  { deviceToken: _, ...options }: SignInOptions = {},
) {
  const use = { purpose: "passkey_sign_in", userId: null } as const;
  const passkey = await claimPasskey(use, response, challengeId);
  const user = await db().user.findUniqueOrThrow({ where: { id: passkey.userId } });
  if (user.disabledAt !== null || user.deletedAt !== null) throw new AppError("passkey.refused");
  return startAfterGate(actor, user, { ...options, method: "passkey", isProven: true });
}
