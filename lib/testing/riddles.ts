import { solveChallenge } from "altcha-lib";
import { deriveKey } from "altcha-lib/algorithms/pbkdf2";
import type { Riddle } from "../proofs/schema";

/** As a browser or a program solves it, and sends it as `captcha`. */
export async function solved(challenge: Riddle): Promise<string> {
  const solution = await solveChallenge({ challenge, deriveKey });
  return Buffer.from(JSON.stringify({ challenge, solution })).toString("base64");
}
