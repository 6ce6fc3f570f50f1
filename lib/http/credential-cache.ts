import { LRUCache } from "lru-cache";
import type { Origin, UserActor } from "../core/actor";
import { isInRanges } from "../core/address-range";
import { AppError } from "../core/errors";
import { minuteMs, secondMs } from "../core/time";
import { everything, onChange } from "../infra/bus";
import { nowMs } from "../infra/clock";
import { singleton } from "../infra/singleton";

type WithoutOrigin<A> = A extends unknown ? Omit<A, "origin"> : never;

/** A credential that was looked up and found good, and what may change that. */
export type Verified = {
  actor: WithoutOrigin<UserActor>;
  /** Ids of everything it hangs on: user, session, key. */
  subjects: readonly string[];
  expiresAt: Date | null;
  /** The address ranges of a key; null: from anywhere. */
  ranges: readonly string[] | null;
};

/** Long, because it is forgotten at the first change; not for ever, because last use is noted when it is looked up. */
const keptMs = 30 * secondMs;
const familiarMs = 10 * minuteMs;
const verifiedMax = 20_000;
const familiarMax = 100_000;

function makeCache() {
  const verified = new LRUCache<string, Verified & { at: number }>({ max: verifiedMax });
  const familiar = new LRUCache<string, number>({ max: familiarMax });
  const cache = { verified, familiar, changes: 0 };
  onChange((ids) => {
    cache.changes += 1;
    for (const [fingerprint, { subjects }] of verified.entries()) {
      if (ids.includes(everything) || subjects.some((id) => ids.includes(id))) verified.delete(fingerprint);
    }
  });
  return cache;
}

const cache = () => singleton("credentials", makeCache);

/** How many changes were announced so far: what was read before one may not be kept after it. */
export const countChanges = (): number => cache().changes;

/** Only what was verified comes in here, so no amount of garbage pushes a live credential out. */
export function rememberVerified(fingerprint: string, verified: Verified, changesBefore: number): void {
  const { verified: kept, changes } = cache();
  noteFamiliar(fingerprint);
  if (changes === changesBefore) kept.set(fingerprint, { ...verified, at: nowMs() });
}

export const noteFamiliar = (fingerprint: string): void => void cache().familiar.set(fingerprint, nowMs());

/** It was looked up and is good no more. */
export const forgetFamiliar = (fingerprint: string): void => void cache().familiar.delete(fingerprint);

export function findVerified(fingerprint: string): Verified | undefined {
  const found = cache().verified.get(fingerprint);
  return found && Math.abs(nowMs() - found.at) < keptMs ? found : undefined;
}

/** Was it good within the last minutes? Such callers are let through while their address is being flooded from. */
export function isFamiliar(fingerprint: string): boolean {
  const at = cache().familiar.get(fingerprint);
  return at !== undefined && Math.abs(nowMs() - at) < familiarMs;
}

const refusalCode = ({ kind }: Verified["actor"], isOver: boolean) =>
  !isOver ? "key.address_not_allowed" : kind === "key" ? "key.expired" : "auth.invalid_token";

const subjectOf = (actor: Verified["actor"]) =>
  actor.kind === "key" ? { userId: actor.user.id, keyId: actor.key.id } : undefined;

/** What holds for this very request: the time and the address are never taken from memory. */
export function actorFrom({ actor, expiresAt, ranges }: Verified, origin: Origin): UserActor {
  const isOver = expiresAt !== null && expiresAt.getTime() <= nowMs();
  const isElsewhere = ranges !== null && !isInRanges(origin.address, ranges);
  if (isOver || isElsewhere) throw new AppError(refusalCode(actor, isOver), { subject: subjectOf(actor) });
  return { ...actor, origin };
}
