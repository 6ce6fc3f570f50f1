import { route } from "@/lib/http/route";
import { askToProveEmail } from "@/lib/sign-in/commands/ask-for-mail";
import { askedView } from "@/lib/users/schema";

export const POST = route(
  {
    summary: "Ask for a link that proves one's own e-mail address",
    auth: "member:account",
    response: { status: 202, schema: askedView },
    errors: ["auth.too_many_attempts"],
  },
  async ({ actor }) => {
    await askToProveEmail(actor);
    return { message: "If your address is not proven yet, a mail with a link is on its way." };
  },
);
