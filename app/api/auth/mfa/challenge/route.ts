import { passkeyOptionsView, pendingBody } from "@/lib/factors/schema";
import { route } from "@/lib/http/route";
import { askForPasskey } from "@/lib/sign-in/commands/continue-sign-in";

export const POST = route(
  {
    summary: "Ask for a passkey as the second factor",
    description:
      "For a sign-in that waits for its second factor; the options go to the browser's WebAuthn call.",
    auth: "anonymous",
    body: pendingBody,
    response: { status: 200, schema: passkeyOptionsView },
    errors: ["auth.sign_in_over"],
  },
  async ({ body }) => askForPasskey(body.pending),
);
