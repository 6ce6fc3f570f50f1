import { z } from "zod";
import type { UserActor } from "../core/actor";

export const meSchema = z.strictObject({
  actor: z.strictObject({ kind: z.enum(["session"]), id: z.string() }),
  user: z.strictObject({
    id: z.string(),
    email: z.string(),
    name: z.string(),
    role: z.string(),
    plan: z.string(),
  }),
  session: z.strictObject({ id: z.string() }),
});

export const meView = (actor: UserActor): z.infer<typeof meSchema> => ({
  actor: { kind: actor.kind, id: actor.sessionId },
  user: {
    id: actor.user.id,
    email: actor.user.email,
    name: actor.user.name,
    role: actor.user.role,
    plan: actor.user.planId,
  },
  session: { id: actor.sessionId },
});
