import { audited } from "../../audit/commands/audited";
import { systemActor } from "../../core/actor";
import { type Grant, grantDetail, noLimits } from "../domain";
import { insertKey, type NewKey } from "./create-key";

const grant: Grant = {
  scopes: ["predict", "models:read", "usage:read"],
  models: null,
  cidrs: null,
  expiresAt: null,
  limits: noLimits,
  onUnusualUse: "notify",
};

/** The key that the first start prints, so that the first call works as pasted. */
export async function createFirstKey(userId: string): Promise<NewKey> {
  return audited(systemActor("first start"), async (transaction, record) => {
    const made = await insertKey(transaction, { userId, name: "First key", grant });
    record({
      action: "key.created",
      object: { type: "key", id: made.key.id, label: made.key.name },
      detail: { user_id: userId, ...grantDetail(grant) },
    });
    return made;
  });
}
