import type { AnonymousActor } from "../core/actor";
import { addressBucket } from "../core/address";
import { AppError } from "../core/errors";
import { singleton } from "../infra/singleton";
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

/** How many tries of a key are being looked at right now, in this process: they did not fail yet. */
const looking = () => singleton("sign-in-looking", () => new Map<string, number>());

function addLooking(key: string, count: 1 | -1): void {
  const left = (looking().get(key) ?? 0) + count;
  if (left > 0) looking().set(key, left);
  else looking().delete(key);
}

/** To be called once a try is decided, and its places were given back where it was right. */
export function stopLooking(attempts: readonly Attempt[]): void {
  for (const { key } of attempts) addLooking(key, -1);
}

/** Noted as being looked at before the place is taken, so that tries at the same moment do not count each other. */
async function take<T extends Attempt | typeof full>(key: string, taking: () => Promise<T>): Promise<T> {
  addLooking(key, 1);
  try {
    const place = await taking();
    if (place === full) addLooking(key, -1);
    return place;
  } catch (error) {
    addLooking(key, -1);
    throw error;
  }
}

/**
 * Who may have a password looked at. Per address everybody is counted; per e-mail only where that person has never
 * been signed in from. After `captcha_after` failures of either a riddle comes first, and whoever solves it is not
 * stopped by what others used up of that e-mail. Tries at the same moment did not fail yet: of those as many go
 * without as there are places. Nothing here hangs on whether the e-mail has an account. What is answered has to be
 * handed to `stopLooking`.
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
  const addressKey = attemptKey("address", bucketOf(actor));
  const places: (Attempt | typeof full)[] = [
    await take(addressKey, () => takePlace(addressKey, limit, proof)),
  ];
  const [byAddress] = places.filter(isTaken) as [Attempt];
  try {
    if (!(await isFamiliarPlace(actor, email, user, deviceToken))) {
      const emailKey = attemptKey("email", email);
      const wide = { ...limit, max: limit.max * 2 };
      places.push(await take(emailKey, () => takeUnlessFull(emailKey, wide, settings)));
    }
    const levels = places.map((place) => levelAt(place, limit.windowMs, settings));
    const level = Math.max(...(await Promise.all(levels)));
    if (level >= 0) await requireProof(proof, { level, place: byAddress });
    return places.filter(isTaken);
  } catch (error) {
    const taken = places.filter(isTaken);
    stopLooking(taken);
    // It was not looked at, so it says nothing about this e-mail; the place of the address stays taken.
    await Promise.all(taken.filter((place) => place !== byAddress).map(giveBackAttempt));
    throw error;
  }
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
const isTaken = (place: Attempt | typeof full): place is Attempt => place !== full;

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
  place: Attempt | typeof full,
  windowMs: number,
  { captcha_after }: Settings,
): Promise<number> {
  if (place === full) return levelMax;
  const failed = (await countTaken(place.key, windowMs)) - (looking().get(place.key) ?? 1);
  return levelOf(failed + 1, captcha_after) ?? -1;
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
