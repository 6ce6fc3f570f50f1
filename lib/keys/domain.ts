import type { ActorKey, CallLimits } from "../core/actor";
import { areRangesWithin } from "../core/address-range";
import { base62 } from "../core/ids";
import { readScopes, type Scope } from "../core/scopes";
import { isUsableKey } from "../sessions/domain";

/** 30 base62 characters are 178 bits. */
export const randomLength = 30;
const checksumLength = 6;
const keyStart = "ady_";
const keyLength = keyStart.length + randomLength + checksumLength;
const shape = new RegExp(`^${keyStart}[${base62}]{${randomLength + checksumLength}}$`);

/** CRC-32 as in zlib. It finds slips of the pen, nothing more: what a key opens is asked in the database. */
export function crc32(text: string): number {
  let crc = 0xffffffff;
  for (let index = 0; index < text.length; index += 1) {
    crc ^= text.charCodeAt(index) & 255;
    for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return (crc ^ 0xffffffff) >>> 0;
}

function checksumOf(random: string): string {
  let text = "";
  for (let rest = crc32(random); rest > 0; rest = Math.floor(rest / 62)) text = base62[rest % 62] + text;
  return text.padStart(checksumLength, "0");
}

/** The secret as it is handed out: what is random, and a checksum that tells a mistyped key from an unknown one. */
export const keyText = (random: string): string => `${keyStart}${random}${checksumOf(random)}`;

/** Could this be a key of any install? Cheap enough to ask before anything is looked up. */
export const isWellFormedKey = (text: string): boolean =>
  text.length === keyLength &&
  shape.test(text) &&
  text.slice(-checksumLength) === checksumOf(text.slice(keyStart.length, -checksumLength));

/** The first key somewhere in a text: people paste a whole line of a log or a configuration. */
export const keyIn = (text: string): string | undefined =>
  text
    .split(keyStart)
    .slice(1)
    .map((rest) => (keyStart + rest).slice(0, keyLength))
    .find(isWellFormedKey);

/** What its owner recognises a key by. */
export const marksOf = (secret: string) => ({ prefix: secret.slice(0, 8), last4: secret.slice(-4) });

export const keyStates = ["live", "expired", "revoked", "frozen"] as const;
export type KeyState = (typeof keyStates)[number];

type StateFields = { revokedAt: Date | null; frozenAt: Date | null; expiresAt: Date | null };

/** Revoked wins over frozen, frozen over expired: the first is final, the last may have been planned. */
export function keyState(key: StateFields, now: Date): KeyState {
  if (key.revokedAt) return "revoked";
  if (key.frozenAt) return "frozen";
  return isUsableKey(key, now) ? "live" : "expired";
}

/** Lists are stored as words between blanks; null: no list, so no bound. */
export const readWords = (text: string | null): string[] | null => text?.split(" ") ?? null;
export const writeWords = (words: readonly string[] | null): string | null =>
  words === null ? null : words.join(" ");

/** What happens by itself when a key is used quite unlike before, the mildest first. */
export const unusualSteps = ["notify", "slow", "freeze"] as const;
export type UnusualStep = (typeof unusualSteps)[number];
/** Why a key is frozen that was used unlike before; who lifts that step knows by it what to lift. */
export const unusualFreeze = "It was used quite unlike before";

type GrantFields = CallLimits & {
  scopes: string;
  models: string | null;
  cidrs: string | null;
  expiresAt: Date | null;
  onUnusualUse: string;
};

/** All that a key allows, and until when. Null is no bound: all models, any address, no end, the plan's limits. */
export type Grant = {
  scopes: readonly Scope[];
  models: readonly string[] | null;
  cidrs: readonly string[] | null;
  expiresAt: Date | null;
  limits: CallLimits;
  onUnusualUse: UnusualStep;
};

export const limitsOf = ({ perMinute, perHour, concurrency }: CallLimits): CallLimits => ({
  perMinute,
  perHour,
  concurrency,
});

export const grantOf = (key: GrantFields): Grant => ({
  scopes: readScopes(key.scopes),
  models: readWords(key.models),
  cidrs: readWords(key.cidrs),
  expiresAt: key.expiresAt,
  limits: limitsOf(key),
  onUnusualUse: readStep(key.onUnusualUse),
});

const readStep = (text: string): UnusualStep => unusualSteps.find((step) => step === text) ?? "notify";

type ActorKeyFields = CallLimits & {
  id: string;
  name: string;
  models: string | null;
  poolId: string;
  slowedAt: Date | null;
};

export const actorKeyOf = (key: ActorKeyFields): ActorKey => ({
  id: key.id,
  name: key.name,
  models: readWords(key.models),
  poolId: key.poolId,
  limits: limitsOf(key),
  isSlowed: key.slowedAt !== null,
});

export const limitNames = {
  per_minute: "perMinute",
  per_hour: "perHour",
  concurrency: "concurrency",
} as const;
export type LimitName = keyof typeof limitNames;
export const limitKeys = Object.keys(limitNames) as LimitName[];

/** The limits of `wanted` that are above those of `most`; no limit is above any. */
export const limitsAbove = (wanted: CallLimits, most: CallLimits): LimitName[] =>
  limitKeys.filter((name) => {
    const [value, bound] = [wanted[limitNames[name]], most[limitNames[name]]];
    return bound !== null && (value === null || value > bound);
  });

/** Where `wanted` goes beyond `own`, as a pointer; null when nowhere. A key hands on no more than it has. */
export function excessOf(wanted: Grant, own: Grant): string | null {
  if (!wanted.scopes.every((scope) => own.scopes.includes(scope))) return "/scopes";
  const { models, cidrs, expiresAt } = own;
  if (models && !wanted.models?.every((model) => models.includes(model))) return "/models";
  if (cidrs && !(wanted.cidrs && areRangesWithin(wanted.cidrs, cidrs))) return "/cidrs";
  if (expiresAt && !(wanted.expiresAt && wanted.expiresAt <= expiresAt)) return "/expires_at";
  // Who stole a key must not be able to switch off what would stop the thief.
  if (unusualSteps.indexOf(wanted.onUnusualUse) < unusualSteps.indexOf(own.onUnusualUse))
    return "/on_unusual_use";
  const [name] = limitsAbove(wanted.limits, own.limits);
  return name ? `/limits/${name}` : null;
}

type LimitChange = { [name in LimitName]?: number | null | undefined };

/** Members that are absent stay as they are. */
export const withLimits = (current: CallLimits, change: LimitChange): CallLimits => ({
  perMinute: change.per_minute === undefined ? current.perMinute : change.per_minute,
  perHour: change.per_hour === undefined ? current.perHour : change.per_hour,
  concurrency: change.concurrency === undefined ? current.concurrency : change.concurrency,
});

export const noLimits: CallLimits = { perMinute: null, perHour: null, concurrency: null };

/** A grant for the audit log, in the words of the API. */
export const grantDetail = ({ scopes, models, cidrs, expiresAt, limits, onUnusualUse }: Grant) => ({
  scopes,
  models,
  cidrs,
  expires_at: expiresAt?.toISOString() ?? null,
  limits: { per_minute: limits.perMinute, per_hour: limits.perHour, concurrency: limits.concurrency },
  on_unusual_use: onUnusualUse,
});

export const keyYearsMax = 5;

/** The latest end that a key may be given; many have none. */
export function latestExpiry(now: Date): Date {
  const end = new Date(now);
  end.setUTCFullYear(end.getUTCFullYear() + keyYearsMax);
  return end;
}

/** When the old secret stops after rolling: after the overlap, and never later than it would have anyway. */
export function overlapEnd(expiresAt: Date | null, overlapMs: number, now: Date): Date {
  const end = new Date(now.getTime() + overlapMs);
  return expiresAt && expiresAt < end ? expiresAt : end;
}
