import { z } from "zod";
import { isPerson, type UserActor } from "../core/actor";
import { scopes, scopesOfRole } from "../core/scopes";

export const meSchema = z.strictObject({
  actor: z.strictObject({
    kind: z.enum(["session", "token", "key"]),
    id: z.string(),
    scopes: z.array(z.enum(scopes)),
  }),
  user: z.strictObject({
    id: z.string(),
    email: z.string(),
    name: z.string(),
    role: z.string(),
    plan: z.string(),
  }),
  session: z.strictObject({ id: z.string() }).optional(),
  key: z
    .strictObject({ id: z.string(), name: z.string(), models: z.array(z.string()).nullable() })
    .optional(),
});

export const meView = (actor: UserActor): z.infer<typeof meSchema> => ({
  actor: {
    kind: actor.kind,
    id: isPerson(actor) ? actor.sessionId : actor.key.id,
    scopes: [...(actor.kind === "session" ? scopesOfRole(actor.user.role) : actor.scopes)],
  },
  user: {
    id: actor.user.id,
    email: actor.user.email,
    name: actor.user.name,
    role: actor.user.role,
    plan: actor.user.planId,
  },
  ...(isPerson(actor) ? { session: { id: actor.sessionId } } : { key: keyView(actor.key) }),
});

const keyView = ({ id, name, models }: { id: string; name: string; models: readonly string[] | null }) => ({
  id,
  name,
  models: models && [...models],
});
