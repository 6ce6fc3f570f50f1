import { hasScope, type UserActor } from "../../core/actor";
import { AppError, type ErrorCode, invalid } from "../../core/errors";
import { scopesOfRole } from "../../core/scopes";
import { now } from "../../infra/clock";
import type { Transaction } from "../../infra/db/client";
import { isUsableKey } from "../../sessions/domain";
import { excessOf, type Grant, grantOf, keyYearsMax, latestExpiry, limitNames, limitsAbove } from "../domain";
import { canGrantScopes } from "../policy";

/**
 * Nobody hands out more than they have. A key that may manage keys is bound by every one of its own bounds, as
 * the database has them at this moment: a key that was stolen must not become a better one.
 */
export async function assertMayGrant(
  transaction: Transaction,
  actor: UserActor,
  wanted: Grant,
): Promise<void> {
  if (!hasScope(actor, "keys")) throw new AppError("auth.scope_missing");
  if (!canGrantScopes(actor, wanted.scopes)) {
    const isRoles = !wanted.scopes.every((scope) => scopesOfRole(actor.user.role).includes(scope));
    throw beyond(isRoles ? "auth.forbidden" : "auth.scope_missing", "/scopes");
  }
  if (actor.kind !== "key") return;
  const own = await transaction.apiKey.findUnique({ where: { id: actor.key.id } });
  if (!own || !isUsableKey(own, now())) throw new AppError("auth.invalid_token");
  const pointer = excessOf(wanted, grantOf(own));
  if (pointer) throw beyond("auth.scope_missing", pointer);
}

function beyond(code: ErrorCode, pointer: string): AppError {
  const message = "A key cannot be given more than its maker has.";
  const fix = "Ask for less, or make the key while signed in as somebody who may do this.";
  return new AppError(code, { detail: message, faults: [{ pointer, message, fix }] });
}

/** The owner's account as it is now, and own limits that are not above those of its plan. */
export async function assertWithinPlan(
  transaction: Transaction,
  actor: UserActor,
  { limits }: Grant,
): Promise<void> {
  const { plan } = await transaction.user.findUniqueOrThrow({
    where: { id: actor.user.id },
    include: { plan: true },
  });
  // A key without an own limit has the plan's, so only what is written down can be above it.
  const [name] = limitsAbove(limits, plan).filter((each) => limits[limitNames[each]] !== null);
  if (!name) return;
  throw invalid(
    `/limits/${name}`,
    `The plan "${plan.name}" allows ${plan[limitNames[name]]}, and a key cannot have more than its owner.`,
    "Choose a smaller number, or leave it out: then the plan's own limit counts.",
  );
}

export function assertGoodExpiry(expiresAt: Date | null): void {
  if (expiresAt === null) return;
  const at = now();
  if (expiresAt <= at)
    throw invalid("/expires_at", "This time has passed.", "Choose a time in the future, or none.");
  if (expiresAt > latestExpiry(at))
    throw invalid(
      "/expires_at",
      `A key lives at most ${keyYearsMax} years.`,
      "Choose an earlier time, or none.",
    );
}
