import type { AnonymousActor } from "../core/actor";
import { addressBucket } from "../core/address";
import { AppError } from "../core/errors";
import { requireProof } from "../proofs/commands";
import { levelMax, levelOf } from "../proofs/domain";
import { newRiddle, type Proof, readProof } from "../proofs/riddle";
import type { Riddle } from "../proofs/schema";
import { listFamiliarAddresses } from "../sessions/queries";
import { currentSettings } from "../settings/queries";
import { loginWindowMs, type Settings } from "../settings/schema";
import type { User } from "../users/queries";
import {
  type Attempt,
  type AttemptLimit,
  attemptKey,
  countTaken,
  giveBackAttempt,
  retakeAttempt,
  takeAttempt,
} from "./attempts";
import { isDeviceOf } from "./device";

const bucketOf = (actor: AnonymousActor): string => addressBucket(actor.origin.address);
const proofOf = async (captcha: string | undefined): Promise<Proof | null> =>
  captcha === undefined ? null : readProof(captcha);

/**
 * Who may have a password looked at. Per address everybody is counted; per e-mail only where that person has never
 * been signed in from. After `captcha_after` tries of either a riddle comes first, and whoever solves it is not
 * stopped by what others used up of that e-mail. Each place is taken before it is counted, so of many tries at
 * once no more than the settings say go without. Nothing here hangs on whether the e-mail has an account.
 */
export async function countAttempt(
  actor: AnonymousActor,
  email: string,
  user: User | null,
  settings: Settings,
  deviceToken: string | undefined,
  captcha?: string,
): Promise<Attempt[]> {
  const limit = { max: settings.login_attempts_max, windowMs: loginWindowMs(settings) };
  const proof = await proofOf(captcha);
  const byAddress = await takePlace(attemptKey("address", bucketOf(actor)), limit, proof);
  const isFamiliar = await isFamiliarPlace(actor, email, user, deviceToken);
  const byEmail = isFamiliar
    ? null
    : await takeUnlessFull(attemptKey("email", email), { ...limit, max: limit.max * 2 }, settings);

  const levels = [byAddress, byEmail].map((place) => levelAt(place, limit.windowMs, settings));
  const level = Math.max(...(await Promise.all(levels)));
  if (level >= 0) {
    try {
      await requireProof(proof, { level, place: byAddress });
    } catch (error) {
      // It was not looked at, so it says nothing about this e-mail; the place of the address stays taken.
      if (isTaken(byEmail)) await giveBackAttempt(byEmail);
      throw error;
    }
  }
  return [byAddress, byEmail].filter(isTaken);
}

/** For what sends mail to strangers: more of it than `captcha_after` from one address takes a riddle each time. */
export async function countAsking(actor: AnonymousActor, captcha?: string): Promise<void> {
  const settings = await currentSettings();
  const limit = { max: settings.login_attempts_max * 4, windowMs: loginWindowMs(settings) };
  const proof = await proofOf(captcha);
  const place = await takePlace(attemptKey("asking", bucketOf(actor)), limit, proof);
  const level = await levelAt(place, limit.windowMs, settings);
  if (level >= 0) await requireProof(proof, { level, place });
}

/** As hard as the next try from this address will need it. */
export async function riddleFor(actor: AnonymousActor): Promise<Riddle> {
  const settings = await currentSettings();
  const used = await countTaken(attemptKey("address", bucketOf(actor)), loginWindowMs(settings));
  return newRiddle(levelOf(used + 1, settings.captcha_after) ?? 0);
}

const full = "full";
const isTaken = (place: Attempt | typeof full | null): place is Attempt => place !== null && place !== full;

/** A try that was turned away with a riddle has its place already: solving it costs no second one. */
const takePlace = async (key: string, limit: AttemptLimit, proof: Proof | null): Promise<Attempt> =>
  (proof?.place && (await retakeAttempt({ key, ...proof.place }))) || takeAttempt(key, limit);

async function takeUnlessFull(
  key: string,
  limit: AttemptLimit,
  settings: Settings,
): Promise<Attempt | typeof full> {
  try {
    return await takeAttempt(key, limit);
  } catch (error) {
    const isFull = error instanceof AppError && error.code === "auth.too_many_attempts";
    if (!isFull || settings.captcha_after === 0) throw error;
    return full;
  }
}

/** -1: without a riddle. */
async function levelAt(
  place: Attempt | typeof full | null,
  windowMs: number,
  { captcha_after }: Settings,
): Promise<number> {
  if (place === null) return -1;
  if (place === full) return levelMax;
  return levelOf(await countTaken(place.key, windowMs), captcha_after) ?? -1;
}

async function isFamiliarPlace(
  actor: AnonymousActor,
  email: string,
  user: User | null,
  deviceToken: string | undefined,
): Promise<boolean> {
  const familiar = await listFamiliarAddresses(email);
  return (
    familiar.some((address) => addressBucket(address) === bucketOf(actor)) ||
    isDeviceOf(user?.id ?? "", deviceToken)
  );
}
