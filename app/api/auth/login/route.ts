import { route } from "@/lib/http/route";
import { now } from "@/lib/infra/clock";
import { loginBody } from "@/lib/sign-in/schema";
import { signInProgram } from "@/lib/tokens/commands/sign-in-program";
import { loginView as loginShape } from "@/lib/tokens/schema";
import { loginView } from "@/lib/tokens/view";

export const POST = route(
  {
    summary: "Sign in from a program",
    description:
      "Gives an access token for the Authorization header, and a refresh token that gets the next pair once. Who has a second factor sends a code as `otp`. Browsers sign in on the page.",
    auth: "anonymous",
    body: loginBody,
    response: { status: 200, schema: loginShape },
    errors: [
      "auth.invalid_credentials",
      "auth.second_factor_required",
      "auth.second_factor_setup_required",
      "auth.wrong_code",
      "auth.too_many_codes",
      "auth.captcha_required",
      "auth.too_many_attempts",
      "auth.busy",
    ],
  },
  async ({ anonymous, body: { otp: code, captcha: proof, ...credentials } }) => {
    const { user, tokens } = await signInProgram(anonymous, { ...credentials, code, proof });
    return loginView(tokens, user, now());
  },
);
