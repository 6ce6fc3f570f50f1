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
      "Gives an access token for the Authorization header, and a refresh token that gets the next pair once. Browsers sign in on the page.",
    auth: "anonymous",
    body: loginBody,
    response: { status: 200, schema: loginShape },
    errors: ["auth.invalid_credentials", "auth.too_many_attempts", "auth.busy"],
  },
  async ({ anonymous, body }) => {
    const { user, tokens } = await signInProgram(anonymous, body);
    return loginView(tokens, user, now());
  },
);
