import { z } from "zod";
import { hasScope, type UserActor } from "../core/actor";
import { AppError } from "../core/errors";
import { scopes } from "../core/scopes";

export const verifyQuery = z.strictObject({ scope: z.enum(scopes).optional() });

/** For a web server that asks before it lets a request through: who it is, in headers it can hand on. */
export function verifyAnswer(actor: UserActor, { scope }: z.infer<typeof verifyQuery>): Response {
  if (scope !== undefined && !hasScope(actor, scope))
    throw new AppError("auth.scope_missing", {
      detail: `This needs the scope ${scope}.`,
      extra: { scope },
    });
  return new Response(null, {
    headers: {
      "x-adyton-user": actor.user.id,
      "x-adyton-role": actor.user.role,
      "x-adyton-plan": actor.user.planId,
      ...(actor.kind === "key" ? { "x-adyton-key": actor.key.id } : {}),
    },
  });
}
