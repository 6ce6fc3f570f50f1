import { hash } from "node:crypto";
import { AppError } from "../core/errors";
import { now } from "../infra/clock";
import { db } from "../infra/db/client";
import { isHardEnough } from "./domain";
import { newRiddle, type Place, type Proof } from "./riddle";

/**
 * Each solution counts once: of many at the same moment, one INSERT writes the row. Not keyed, because nobody can
 * guess an id anyway and its row has to be the same after a rotation of the secrets.
 */
export async function spendProof({ id, expiresAt }: Proof): Promise<boolean> {
  const digest = hash("sha256", `spent-riddle ${id}`, "base64url");
  const spent = await db().$executeRaw`
    INSERT INTO spent_proofs (digest, expires_at) VALUES (${digest}, ${expiresAt})
    ON CONFLICT DO NOTHING`;
  return spent === 1;
}

/** Throws a fresh riddle of the level that is needed, unless this proof is hard enough and new. */
export async function requireProof(
  proof: Proof | null,
  needed: { level: number; place: Place | null },
): Promise<void> {
  if (proof && isHardEnough(proof.level, needed.level) && (await spendProof(proof))) return;
  throw new AppError("auth.captcha_required", {
    extra: { captcha: await newRiddle(needed.level, needed.place) },
  });
}

/** A solution that is too old is refused for that alone. */
export async function removeSpentProofs(): Promise<void> {
  await db().spentProof.deleteMany({ where: { expiresAt: { lt: now() } } });
}
