import { audited } from "../../audit/commands/audited";
import type { UserActor } from "../../core/actor";
import { AppError } from "../../core/errors";
import { now } from "../../infra/clock";
import { isUsableKey } from "../../sessions/domain";
import { type Grant, grantDetail, grantOf, noLimits, withLimits, writeWords } from "../domain";
import { getKey, type Key } from "../queries";
import type { ChangeKey } from "../schema";
import { assertGoodExpiry, assertMayGrant, assertWithinPlan } from "./check-grant";

/**
 * Changes what a key is called and what it may do; its secret stays. What comes out has to be something that
 * the actor could give to a new key. A key that was replaced keeps its end: otherwise it would outlive its rolling.
 */
export async function changeKey(actor: UserActor, id: string, change: ChangeKey): Promise<Key> {
  return audited(actor, async (transaction, record) => {
    const key = await getKey(actor, id, transaction);
    assertChangeable(key);
    const before = { name: key.name, grant: grantOf(key) };
    const after = { name: change.name ?? key.name, grant: changedGrant(before.grant, change) };
    const edits = editsBetween(before, after);
    const { name: _, ...grantEdits } = edits;
    if (Object.keys(edits).length === 0) return key;
    if (edits.expires_at) assertGoodExpiry(after.grant.expiresAt);
    if (Object.keys(grantEdits).length > 0) await assertMayGrant(transaction, actor, after.grant);
    // Of the limits only those that are given: an older one may be above a plan that was lowered since.
    const given = { ...after.grant, limits: withLimits(noLimits, change.limits ?? {}) };
    await assertWithinPlan(transaction, actor, given);
    record({
      action: "key.changed",
      object: { type: "key", id, label: after.name },
      detail: { user_id: key.userId, ...edits },
    });
    const { scopes, models, cidrs, expiresAt, limits, onUnusualUse } = after.grant;
    return transaction.apiKey.update({
      where: { id },
      data: {
        name: after.name,
        scopes: scopes.join(" "),
        models: writeWords(models),
        cidrs: writeWords(cidrs),
        expiresAt,
        onUnusualUse,
        ...limits,
      },
    });
  });
}

export function assertChangeable(key: Key): void {
  if (!isUsableKey(key, now()) || key.replacedById !== null) throw new AppError("key.not_usable");
}

const changedGrant = (grant: Grant, change: ChangeKey): Grant => ({
  scopes: change.scopes ?? grant.scopes,
  models: change.models === undefined ? grant.models : change.models,
  cidrs: change.cidrs === undefined ? grant.cidrs : change.cidrs,
  expiresAt: change.expires_at === undefined ? grant.expiresAt : change.expires_at,
  limits: withLimits(grant.limits, change.limits ?? {}),
  onUnusualUse: change.on_unusual_use ?? grant.onUnusualUse,
});

type Named = { name: string; grant: Grant };

/** Before and after of what really changes, for the audit log. */
function editsBetween(before: Named, after: Named): Record<string, { before: unknown; after: unknown }> {
  const old = { name: before.name, ...grantDetail(before.grant) };
  const members = Object.entries({ name: after.name, ...grantDetail(after.grant) });
  return Object.fromEntries(
    members
      .map(([member, value]) => [member, { before: old[member as keyof typeof old], after: value }] as const)
      .filter(([, edit]) => JSON.stringify(edit.before) !== JSON.stringify(edit.after)),
  );
}
