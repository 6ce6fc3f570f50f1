import { route } from "@/lib/http/route";
import { endSession } from "@/lib/sessions/commands";

export const DELETE = route(
  {
    summary: "End a session",
    description: "That device is signed out at once. Administrators may end anybody's session.",
    auth: "member:account",
    response: { status: 204 },
    errors: ["session.not_found"],
  },
  async ({ actor, params }) => {
    await endSession(actor, params.id ?? "", "ended_by_owner");
    return undefined;
  },
);
