import { audited } from "../../audit/commands/audited";
import type { Actor } from "../../core/actor";
import { AppError } from "../../core/errors";
import { claimCode } from "../../factors/commands/claim-code";
import { factorsOf } from "../../factors/queries";
import { giveBackAttempt } from "../attempts";
import { countCode } from "../code-limit";

type Person = { id: string; email: string };

/** Uses up a code of the app or of the list. Answers false for somebody who has no second factor to prove. */
export async function proveByCode(actor: Actor, user: Person, code: string): Promise<boolean> {
  if (!(await factorsOf(user.id)).hasAny) return false;
  await countedCode(actor, user, () => claimCode(actor, user, code));
  return true;
}

/** Runs `check` within the limit of wrong codes; a right one gives its place back. */
export async function countedCode(actor: Actor, user: Person, check: () => Promise<boolean>): Promise<void> {
  const attempt = await countCode(user.id);
  if (!(await check())) {
    await recordRefusal(actor, user, "wrong code");
    throw new AppError("auth.wrong_code");
  }
  await giveBackAttempt(attempt);
}

export async function recordRefusal(actor: Actor, user: Person, reason: string): Promise<void> {
  await audited(actor, async (_transaction, record) => {
    record({
      action: "factor.refused",
      object: { type: "user", id: user.id, label: user.email },
      detail: { reason },
    });
  });
}
