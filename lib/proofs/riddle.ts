import { randomInt } from "node:crypto";
import { createChallenge, verifySolution } from "altcha-lib";
import { deriveKey } from "altcha-lib/algorithms/pbkdf2";
import { minuteMs } from "../core/time";
import { now } from "../infra/clock";
import { digest, digestCandidates } from "../infra/secrets";
import { keysOfLevel } from "./domain";
import { type Riddle, solvedRiddle } from "./schema";

export const riddleMs = 5 * minuteMs;

/** The try that was turned away with this riddle: whoever solves it goes on in that place. */
export type Place = { slot: number; usedAt: Date };

/** A solution that is right. Whether it was used before, only `spendProof` can say. */
export type Proof = { id: string; level: number; place: Place | null; expiresAt: Date };

/** Two, because the second signs keys that the solver chooses. */
const secrets = () => ({
  hmacSignatureSecret: digest("riddle", "challenge"),
  hmacKeySignatureSecret: digest("riddle", "key"),
});

/** A riddle that was given out before a rotation of the secrets is still one of ours. */
function secretsSoFar() {
  const keys = digestCandidates("riddle", "key");
  return digestCandidates("riddle", "challenge").map((hmacSignatureSecret, index) => ({
    hmacSignatureSecret,
    hmacKeySignatureSecret: keys[index] ?? "",
  }));
}

/**
 * Somewhere below `keysOfLevel` lies the one number whose derived key begins as stated; finding it takes trying
 * them all. Making a riddle costs one derivation, checking an answer none.
 */
export async function newRiddle(level: number, place: Place | null = null): Promise<Riddle> {
  const challenge = await createChallenge({
    algorithm: "PBKDF2/SHA-256",
    cost: 5_000,
    counter: randomInt(keysOfLevel(level)),
    deriveKey,
    expiresAt: new Date(now().getTime() + riddleMs),
    data: { level, slot: place?.slot ?? null, usedAt: place?.usedAt.getTime() ?? null },
    ...secrets(),
  });
  return challenge as Riddle;
}

/** Null: no solution of a riddle of ours, or of one that is too old. */
export async function readProof(captcha: string): Promise<Proof | null> {
  const parsed = solvedRiddle.safeParse(jsonOf(captcha));
  if (!parsed.success) return null;
  const { challenge, solution } = parsed.data;
  const { data, expiresAt } = challenge.parameters;
  const checks = secretsSoFar().map((pair) => verifySolution({ challenge, solution, deriveKey, ...pair }));
  const verified = (await Promise.all(checks)).some((check) => check.verified);
  const end = new Date(expiresAt * 1_000);
  if (!verified || end <= now()) return null;
  const { level, slot, usedAt } = data;
  const place = slot === null || usedAt === null ? null : { slot, usedAt: new Date(usedAt) };
  return { id: challenge.signature, level, place, expiresAt: end };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(Buffer.from(text, "base64").toString());
  } catch {
    return null;
  }
}
