import { route } from "@/lib/http/route";
import { askToRegister } from "@/lib/sign-in/commands/ask-for-mail";
import { askedView, registerBody } from "@/lib/users/schema";

export const POST = route(
  {
    summary: "Register",
    description:
      "Sends a mail with a link to the address; the account is made when the link is used. The answer does not tell whether the address has an account.",
    auth: "anonymous",
    body: registerBody,
    response: { status: 202, schema: askedView },
    errors: ["auth.registration_closed", "auth.too_many_attempts", "auth.captcha_required"],
  },
  async ({ anonymous, body }) => {
    await askToRegister(anonymous, body);
    return { message: "If this address can register, a mail with a link is on its way." };
  },
);
