import { route } from "@/lib/http/route";
import { askToChangeEmail } from "@/lib/sign-in/commands/ask-for-mail";
import { askedView, changeEmailBody } from "@/lib/users/schema";

export const POST = route(
  {
    summary: "Ask for another e-mail address",
    description:
      "Sends a link to the new address; the change happens when it is used. Both addresses are told.",
    auth: "member:account",
    sensitive: true,
    body: changeEmailBody,
    response: { status: 202, schema: askedView },
    errors: ["auth.step_up_required", "auth.too_many_attempts"],
  },
  async ({ actor, body }) => {
    await askToChangeEmail(actor, body.email);
    return { message: "If this address is free, a mail with a link is on its way to it." };
  },
);
