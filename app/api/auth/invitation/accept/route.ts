import { route } from "@/lib/http/route";
import { acceptInvitation } from "@/lib/users/commands/use-link";
import { acceptInvitationBody } from "@/lib/users/schema";

export const POST = route(
  {
    summary: "Accept an invitation by choosing a password",
    auth: "anonymous",
    body: acceptInvitationBody,
    response: { status: 204 },
    errors: ["link.invalid", "password.too_weak", "auth.busy"],
  },
  async ({ anonymous, body }) => {
    await acceptInvitation(anonymous, body);
    return undefined;
  },
);
