import { audited } from "../../audit/commands/audited";
import type { Actor } from "../../core/actor";
import { now } from "../../infra/clock";
import { db } from "../../infra/db/client";
import { queueMail } from "../../mail/commands/queue-mail";
import { claimRecoveryCode } from "../recovery-codes";
import { openTotpSecret, readDigits, stepOfCode } from "../totp";

type Person = { id: string; email: string };

/** Uses up what somebody typed: six digits of the app, or a recovery code. Whoever calls counts wrong ones. */
export const claimCode = (actor: Actor, user: Person, typed: string): Promise<boolean> => {
  const digits = readDigits(typed);
  return digits === null ? claimFromList(actor, user, typed) : claimFromApp(user.id, digits);
};

/**
 * Each code counts once. The claim is one conditional UPDATE in its own committed write: of parallel uses one
 * moves the step on, and whatever fails afterwards does not make the code good again.
 */
async function claimFromApp(userId: string, code: string): Promise<boolean> {
  const totp = await db().totp.findFirst({ where: { userId, confirmedAt: { not: null } } });
  const step = totp && stepOfCode(openTotpSecret(totp.secretSealed), code, now());
  if (!totp || step === null) return false;
  const claimed = await db().totp.updateMany({
    where: { userId, createdAt: totp.createdAt, lastStep: { lt: step } },
    data: { lastStep: step },
  });
  return claimed.count === 1;
}

/** Using one is told by mail: it is what a thief of the paper would do. */
const claimFromList = (actor: Actor, user: Person, typed: string): Promise<boolean> =>
  audited(actor, async (transaction, record) => {
    if (!(await claimRecoveryCode(transaction, user.id, typed))) return false;
    const left = await transaction.recoveryCode.count({ where: { userId: user.id, usedAt: null } });
    record({
      action: "recovery_codes.used",
      object: { type: "user", id: user.id, label: user.email },
      detail: { left },
    });
    await queueMail(transaction, {
      kind: "factors_changed",
      userId: user.id,
      data: { change: "recovery_code_used", left },
    });
    return true;
  });
