import type { KeyActor, SessionActor, UserActor } from "../../core/actor";
import type { ErrorCode } from "../../core/errors";
import { now } from "../../infra/clock";
import { db } from "../../infra/db/client";
import { actorKeyOf, keyState } from "../../keys/domain";
import { canUseModel } from "../../models/policy";
import { type LiveModel, type LiveVersion, liveModels } from "../../models/queries";
import type { Task } from "../queries";

export type Access =
  | { kind: "ready"; model: LiveModel; version: LiveVersion }
  /** It goes on by itself as soon as that is over. */
  | { kind: "waits" }
  | { kind: "fails"; code: ErrorCode };

const waits: Access = { kind: "waits" };

/**
 * May the next rows of a task run? Asked before every piece, because its user, key and model may have changed since it
 * was made. What an administrator can take back (a disabled or deleted account, a frozen key, a paused model) makes it
 * wait; what is gone for good (a revoked key, a deleted model, lost access) makes it fail, to be resumed if that
 * changes. A key that expired meanwhile, or was rolled, was good when the task was made: the task goes on.
 */
export async function accessOf(task: Task): Promise<Access> {
  const actor = await actorOf(task);
  if (actor === null || typeof actor === "string")
    return actor === null ? waits : { kind: "fails", code: actor };
  const models = await liveModels();
  const model = [...models.values()].find(({ id }) => id === task.modelId);
  if (!model || !canUseModel(actor, model)) return { kind: "fails", code: "model.not_found" };
  const version = model.versions.get(task.version);
  if (!version) return { kind: "fails", code: "model.version_not_found" };
  return model.isPaused ? waits : { kind: "ready", model, version };
}

/** As whoever made it; null: not now; a code: never again. */
async function actorOf({ userId, keyId }: Task): Promise<UserActor | null | ErrorCode> {
  const user = await db().user.findUnique({ where: { id: userId } });
  if (!user || user.disabledAt || user.deletedAt) return null;
  const origin = { requestId: "task", address: "local", userAgent: "task" };
  if (keyId === null) return { kind: "session", origin, user, sessionId: "" } satisfies SessionActor;
  const key = await db().apiKey.findUnique({ where: { id: keyId } });
  if (!key) return "key.revoked";
  const state = keyState(key, now());
  if (state === "frozen") return null;
  if (state === "revoked" && key.replacedById === null) return "key.revoked";
  return { kind: "key", origin, user, key: actorKeyOf(key), scopes: [] } satisfies KeyActor;
}
