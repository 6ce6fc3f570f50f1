import { randomBytes } from "node:crypto";
import { newId } from "../core/ids";
import { now } from "../infra/clock";
import type { Database, Transaction } from "../infra/db/client";
import { digest, digestCandidates } from "../infra/secrets";

const purpose = "recovery_code";
const count = 10;
/** No letters that look like digits or like each other when they are read from paper: 32 signs, 5 bits each. */
const signs = "0123456789abcdefghjkmnpqrstvwxyz";
const length = 16;

/** 80 bits, in groups that can be read out: 4f8k-2mzt-9q0c-w7hd. */
function newRecoveryCode(): string {
  const text = [...randomBytes(length)].map((byte) => signs[byte % signs.length]).join("");
  return (text.match(/.{4}/g) ?? []).join("-");
}

/** However it was typed: capitals, blanks, hyphens, and letters that were taken for a digit. */
export const normalizeRecoveryCode = (typed: string): string =>
  typed.toLowerCase().replaceAll(/[\s-]/g, "").replaceAll("o", "0").replaceAll(/[il]/g, "1");

/** New ones take the place of all earlier ones. They are shown once; digests are kept. */
export async function replaceRecoveryCodes(transaction: Transaction, userId: string): Promise<string[]> {
  const codes = Array.from({ length: count }, newRecoveryCode);
  await transaction.recoveryCode.deleteMany({ where: { userId } });
  await transaction.recoveryCode.createMany({
    data: codes.map((code) => ({
      id: newId("rec"),
      userId,
      digest: digest(purpose, normalizeRecoveryCode(code)),
      createdAt: now(),
    })),
  });
  return codes;
}

/** Uses one up: of two at once, one update finds it unused. */
export async function claimRecoveryCode(database: Database, userId: string, typed: string): Promise<boolean> {
  const claimed = await database.recoveryCode.updateMany({
    where: { userId, digest: { in: digestCandidates(purpose, normalizeRecoveryCode(typed)) }, usedAt: null },
    data: { usedAt: now() },
  });
  return claimed.count === 1;
}
