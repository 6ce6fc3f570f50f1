import { solveChallenge } from "altcha-lib";
import type { Riddle } from "@/lib/proofs/schema";
import { deriveKey } from "./derive-key";

/**
 * Solves a riddle of `auth.captcha_required` or `GET /api/auth/captcha`; the answer is what is sent as `captcha`. The
 * browser computes it beside the page, which stays alive meanwhile. Load this file with `import()`: hardly anybody
 * ever needs it.
 */
export async function solveRiddle(challenge: unknown): Promise<string> {
  const solution = await solveChallenge({ challenge: challenge as Riddle, deriveKey, timeout: 0 });
  return btoa(JSON.stringify({ challenge, solution }));
}
