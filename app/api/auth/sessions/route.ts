import { route } from "@/lib/http/route";
import { listLiveSessions } from "@/lib/sessions/queries";
import { sessionListView } from "@/lib/sessions/schema";
import { sessionsView } from "@/lib/sessions/view";

export const GET = route(
  {
    summary: "List one's own sessions",
    auth: "member:account",
    response: { status: 200, schema: sessionListView },
  },
  async ({ actor }) => sessionsView(await listLiveSessions(actor.user.id), actor.sessionId),
);
