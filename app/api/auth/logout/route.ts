import { route } from "@/lib/http/route";
import { endSession } from "@/lib/sessions/commands";

export const POST = route(
  {
    summary: "Sign out",
    description:
      "The session ends at once and everywhere: its cookie, its access tokens and its refresh token stop working.",
    auth: "member:account",
    response: { status: 204 },
  },
  async ({ actor }) => {
    await endSession(actor, actor.sessionId, "signed_out");
    return undefined;
  },
);
