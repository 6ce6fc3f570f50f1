import { route } from "@/lib/http/route";
import { askForReset } from "@/lib/sign-in/commands/ask-for-mail";
import { askedView, forgotBody } from "@/lib/users/schema";

export const POST = route(
  {
    summary: "Ask for a link to choose a new password",
    description:
      "Sends a mail with a link to the address of an account. The answer does not tell whether there is one.",
    auth: "anonymous",
    body: forgotBody,
    response: { status: 202, schema: askedView },
    errors: ["auth.too_many_attempts", "auth.captcha_required"],
  },
  async ({ anonymous, body }) => {
    await askForReset(anonymous, body);
    return { message: "If this address has an account, a mail with a link is on its way." };
  },
);
