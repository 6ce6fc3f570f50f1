import type { UserActor } from "../../core/actor";
import { AppError } from "../../core/errors";
import { isPending } from "../../core/pending";
import { findUsableModel, type LiveModel, type LiveVersion, versionOf } from "../../models/queries";

export type Callable = { model: LiveModel; version: LiveVersion };

/** What a call is for: a model that the actor may use, a version that it has, and neither is paused. */
export function findVersion(
  actor: UserActor,
  name: string,
  choice: number | string | undefined,
): Callable | Promise<Callable> {
  const model = findUsableModel(actor, name);
  return isPending(model) ? model.then((found) => callable(found, choice)) : callable(model, choice);
}

const pausedRetrySeconds = 60;

function callable(model: LiveModel, choice: number | string | undefined): Callable {
  const version = versionOf(model, choice);
  if (model.isPaused) throw new AppError("model.paused", { retryAfterSeconds: pausedRetrySeconds });
  return { model, version };
}
