import { route } from "@/lib/http/route";
import { inviteSomebody } from "@/lib/sign-in/commands/ask-for-mail";
import { listOwnInvitations } from "@/lib/users/queries";
import { askedView, inviteBody, ownInvitationListView } from "@/lib/users/schema";
import { ownInvitationsView } from "@/lib/users/view";

export const GET = route(
  {
    summary: "List the people one invited",
    description: "Only those lately invited. Nothing tells what became of it, or who had an account already.",
    auth: "member:account",
    response: { status: 200, schema: ownInvitationListView },
  },
  async ({ actor }) => ownInvitationsView(await listOwnInvitations(actor)),
);

export const POST = route(
  {
    summary: "Invite somebody",
    description:
      "Sends a mail with a link, where the install lets people invite others. The account is made when the link is used.",
    auth: "member:account",
    body: inviteBody,
    response: { status: 202, schema: askedView },
    errors: ["auth.registration_closed", "user.too_many_invitations", "auth.too_many_attempts"],
  },
  async ({ actor, body }) => {
    await inviteSomebody(actor, body);
    return { message: "If this address has no account yet, an invitation is on its way." };
  },
);
