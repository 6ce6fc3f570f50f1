import { isPerson } from "@/lib/core/actor";
import { route } from "@/lib/http/route";
import { endSessionsOf } from "@/lib/sessions/commands";
import { listLiveSessions } from "@/lib/sessions/queries";
import { sessionListView } from "@/lib/sessions/schema";
import { sessionsView } from "@/lib/sessions/view";
import { getUser } from "@/lib/users/queries";

export const GET = route(
  {
    summary: "List a user's sessions",
    auth: "admin",
    response: { status: 200, schema: sessionListView },
    errors: ["user.not_found"],
  },
  async ({ actor, params }) => {
    const user = await getUser(actor, params.id ?? "");
    return sessionsView(await listLiveSessions(user.id), isPerson(actor) ? actor.sessionId : null);
  },
);

export const DELETE = route(
  {
    summary: "End all sessions of a user",
    auth: "admin",
    sensitive: false,
    response: { status: 204 },
    errors: ["user.not_found"],
  },
  async ({ actor, params }) => {
    await endSessionsOf(actor, await getUser(actor, params.id ?? ""));
    return undefined;
  },
);
