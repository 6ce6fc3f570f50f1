import type { UserActor } from "../core/actor";
import type { ModelAccess } from "./domain/live-model";

type Named = { name: string; access: ModelAccess };

/** Its plan or its name is on the list; administrators may use every model. A key can be bound to fewer. */
export const canUseModel = (actor: UserActor, { name, access }: Named): boolean =>
  isOnList(actor, access) && (actor.kind !== "key" || (actor.key.models?.includes(name) ?? true));

function isOnList({ user }: UserActor, { kind, ids }: ModelAccess): boolean {
  if (kind === "everyone" || user.role === "admin") return true;
  return ids.has(kind === "plans" ? user.planId : user.id);
}
