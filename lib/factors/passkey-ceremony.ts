import {
  generateAuthenticationOptions,
  generateRegistrationOptions,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from "@simplewebauthn/server";
import { AppError } from "../core/errors";
import { now } from "../infra/clock";
import { db } from "../infra/db/client";
import { env } from "../infra/env";
import {
  beginChallenge,
  type ChallengePurpose,
  challengeMs,
  claimChallenge,
  findChallenge,
} from "./challenges";
import type { Passkey } from "./queries";
import type { NewPasskeyResponse, PasskeyResponse } from "./schema";

/** A passkey belongs to the address it was made under: nothing of a request decides which that is. */
const site = () => {
  const { hostname, origin } = new URL(env().baseUrl);
  return { rpID: hostname, origin };
};

type Person = { id: string; email: string; name: string };
type Options = { challenge_id: string; options: Record<string, unknown> };

/** What a device is asked to make a new passkey by. Kept on the device where it can be, so that it signs in alone. */
export async function newPasskeyOptions(user: Person, sessionId: string): Promise<Options> {
  const known = await db().passkey.findMany({ where: { userId: user.id } });
  const { id, secret } = await beginChallenge("passkey_new", { userId: user.id, subject: sessionId });
  const options = await generateRegistrationOptions({
    rpName: "Adyton",
    rpID: site().rpID,
    userID: new TextEncoder().encode(user.id),
    userName: user.email,
    userDisplayName: user.name,
    challenge: Buffer.from(secret),
    timeout: challengeMs,
    attestationType: "none",
    authenticatorSelection: { residentKey: "preferred", userVerification: "preferred" },
    excludeCredentials: known.map(descriptorOf),
  });
  return { challenge_id: id, options: { ...options } };
}

type Use = {
  purpose: Exclude<ChallengePurpose, "second_factor" | "second_factor_setup" | "passkey_new">;
  /** Null: whoever has a passkey on the device. */
  userId: string | null;
  /** What the answer is bound to besides: the waiting sign-in, or the session. */
  subject?: string;
};

/** Alone it stands for password and factor, so the device has to ask for a finger, a face or its PIN. */
const mustVerify = ({ purpose }: Use): boolean => purpose === "passkey_sign_in";

export async function passkeyOptions(use: Use): Promise<Options> {
  const { purpose, userId, subject } = use;
  const known = userId === null ? [] : await db().passkey.findMany({ where: { userId } });
  const begun = { ...(userId ? { userId } : {}), ...(subject ? { subject } : {}) };
  const { id, secret } = await beginChallenge(purpose, begun);
  const options = await generateAuthenticationOptions({
    rpID: site().rpID,
    challenge: Buffer.from(secret),
    timeout: challengeMs,
    userVerification: mustVerify(use) ? "required" : "preferred",
    allowCredentials: known.map(descriptorOf),
  });
  return { challenge_id: id, options: { ...options } };
}

const descriptorOf = ({ credentialId, transports }: Passkey) => ({
  id: credentialId,
  transports: transports.split(" ").filter(Boolean),
});

/** Checks what a device answered to `passkeyOptions`; its challenge is used up, whatever comes out. */
export async function claimPasskey(
  use: Use,
  response: PasskeyResponse,
  challengeId?: string,
): Promise<Passkey> {
  const challenge = await takeChallenge(use, response.response.clientDataJSON, challengeId);
  const passkey = await db().passkey.findUnique({ where: { credentialId: response.id } });
  if (!passkey || (use.userId !== null && passkey.userId !== use.userId)) throw refused("unknown passkey");
  const handle = response.response.userHandle;
  if (handle && Buffer.from(handle, "base64url").toString() !== passkey.userId) throw refused("other person");
  const { origin, rpID } = site();
  const { verified, authenticationInfo } = await orRefused(
    verifyAuthenticationResponse({
      response: response as Parameters<typeof verifyAuthenticationResponse>[0]["response"],
      expectedChallenge: challenge,
      expectedOrigin: origin,
      expectedRPID: rpID,
      requireUserVerification: mustVerify(use),
      credential: {
        id: passkey.credentialId,
        publicKey: Buffer.from(passkey.publicKey, "base64url"),
        counter: Number(passkey.counter),
      },
    }),
  );
  if (!verified) throw refused("signature");
  await moveCounterOn(passkey, authenticationInfo.newCounter, authenticationInfo.credentialBackedUp);
  return passkey;
}

/** A counter that does not go up belongs to a copy. Devices without one always say 0. */
async function moveCounterOn(passkey: Passkey, counter: number, isBackedUp: boolean): Promise<void> {
  const before = counter === 0 ? { equals: 0 } : { lt: counter };
  const moved = await db().passkey.updateMany({
    where: { id: passkey.id, counter: before },
    data: { counter, isBackedUp, lastUsedAt: now() },
  });
  if (moved.count !== 1) throw refused("counter");
}

/** Checks a new passkey; its challenge is used up, whatever comes out. */
export async function readNewPasskey(
  userId: string,
  sessionId: string,
  challengeId: string,
  response: NewPasskeyResponse,
) {
  const use = { purpose: "passkey_new", userId, subject: sessionId } as const;
  const challenge = await takeChallenge(use, response.response.clientDataJSON, challengeId);
  const { origin, rpID } = site();
  const { verified, registrationInfo } = await orRefused(
    verifyRegistrationResponse({
      response: response as Parameters<typeof verifyRegistrationResponse>[0]["response"],
      expectedChallenge: challenge,
      expectedOrigin: origin,
      expectedRPID: rpID,
      requireUserVerification: false,
    }),
  );
  if (!verified) throw refused("attestation");
  const { credential, credentialBackedUp } = registrationInfo;
  return {
    credentialId: credential.id,
    publicKey: Buffer.from(credential.publicKey).toString("base64url"),
    counter: credential.counter,
    transports: (response.response.transports ?? []).join(" "),
    isBackedUp: credentialBackedUp,
  };
}

type Bound = { purpose: ChallengePurpose; userId: string | null; subject?: string };

/** The challenge is found by what was signed, and belongs to this purpose, person and session, or to nobody. */
async function takeChallenge(bound: Bound, clientDataJSON: string, challengeId?: string): Promise<string> {
  const signed = challengeIn(clientDataJSON);
  const secret = signed && Buffer.from(signed, "base64url").toString();
  const row = secret ? await findChallenge(bound.purpose, secret) : null;
  const fits =
    row &&
    row.userId === bound.userId &&
    row.subject === (bound.subject ?? null) &&
    (challengeId === undefined || row.id === challengeId);
  if (!signed || !fits) throw refused("challenge");
  await orRefused(claimChallenge(row.id));
  return signed;
}

function challengeIn(clientDataJSON: string): string | null {
  try {
    const data: unknown = JSON.parse(Buffer.from(clientDataJSON, "base64url").toString());
    const challenge = (data as { challenge?: unknown } | null)?.challenge;
    return typeof challenge === "string" ? challenge : null;
  } catch {
    return null;
  }
}

/** People are told one thing; the reason is in the log. */
const refused = (reason: unknown): AppError => new AppError("passkey.refused", { cause: reason });

const orRefused = <T>(work: Promise<T>): Promise<T> =>
  work.catch((cause: unknown) => {
    throw refused(cause);
  });
