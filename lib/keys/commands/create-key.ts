import { audited } from "../../audit/commands/audited";
import type { UserActor } from "../../core/actor";
import { AppError } from "../../core/errors";
import { newId, randomBase62 } from "../../core/ids";
import { never } from "../../core/time";
import { now } from "../../infra/clock";
import type { Transaction } from "../../infra/db/client";
import { readSettings } from "../../settings/queries";
import {
  type Grant,
  grantDetail,
  keyText,
  marksOf,
  noLimits,
  randomLength,
  withLimits,
  writeWords,
} from "../domain";
import { countUsableKeys, type Key, keyDigest } from "../queries";
import type { CreateKey } from "../schema";
import { assertGoodExpiry, assertMayGrant, assertWithinPlan } from "./check-grant";

export type NewKey = { key: Key; secret: string };

/** Makes a key for whoever asks: its owner is the actor, never somebody named in the input. */
export async function createKey(actor: UserActor, input: CreateKey): Promise<NewKey> {
  const { name, scopes, models, cidrs, expires_at: expiresAt } = input;
  const limits = withLimits(noLimits, input.limits);
  const grant: Grant = { scopes, models, cidrs, expiresAt, limits, onUnusualUse: input.on_unusual_use };
  return audited(actor, async (transaction, record) => {
    assertGoodExpiry(expiresAt);
    await assertMayGrant(transaction, actor, grant);
    await assertWithinPlan(transaction, actor, grant);
    await assertBelowMax(transaction, actor.user.id);
    const made = await insertKey(transaction, { userId: actor.user.id, name, grant });
    record({
      action: "key.created",
      object: { type: "key", id: made.key.id, label: name },
      detail: { user_id: actor.user.id, ...grantDetail(grant) },
    });
    return made;
  });
}

/**
 * However many are made at once, there are never more than allowed: audited changes run one after the other on
 * both databases (see `audited`), so each one counts after the one before it is done.
 */
async function assertBelowMax(transaction: Transaction, userId: string): Promise<void> {
  const { keys_per_user_max: most } = await readSettings(transaction);
  if ((await countUsableKeys(userId, transaction)) < most) return;
  throw new AppError("key.too_many", { detail: `One person can have ${most} API keys that work.` });
}

type Insert = {
  userId: string;
  name: string;
  grant: Grant;
  /** Of the key that this one takes over from. */
  poolId?: string;
  slowedAt?: Date | null;
};

/** The only moment at which the secret exists here; what is stored of it cannot be turned back. */
export async function insertKey(
  transaction: Transaction,
  { userId, name, grant, poolId, slowedAt = null }: Insert,
): Promise<NewKey> {
  const id = newId("key");
  const secret = keyText(randomBase62(randomLength));
  const key = await transaction.apiKey.create({
    data: {
      id,
      userId,
      name,
      digest: keyDigest(secret),
      ...marksOf(secret),
      scopes: grant.scopes.join(" "),
      models: writeWords(grant.models),
      cidrs: writeWords(grant.cidrs),
      ...grant.limits,
      createdAt: now(),
      expiresAt: grant.expiresAt,
      lastUsedAt: never,
      onUnusualUse: grant.onUnusualUse,
      slowedAt,
      poolId: poolId ?? id,
    },
  });
  return { key, secret };
}
