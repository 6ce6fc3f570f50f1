import { newTotpView, pendingBody } from "@/lib/factors/schema";
import { route } from "@/lib/http/route";
import { askForSetup } from "@/lib/sign-in/commands/continue-sign-in";

export const POST = route(
  {
    summary: "Set up a second factor while signing in",
    description:
      "For a sign-in that waits because the install asks everybody of this role for a second factor. The first right code finishes the sign-in.",
    auth: "anonymous",
    body: pendingBody,
    response: { status: 200, schema: newTotpView },
    errors: ["auth.sign_in_over"],
  },
  async ({ body }) => askForSetup(body.pending),
);
