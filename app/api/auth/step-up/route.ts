import { route } from "@/lib/http/route";
import { stepUp } from "@/lib/sign-in/commands/step-up";
import { stepUpBody } from "@/lib/sign-in/schema";

export const POST = route(
  {
    summary: "Prove once more who one is",
    description: "Sensitive actions need a proof that is not older than a quarter of an hour.",
    auth: "member:account",
    body: stepUpBody,
    response: { status: 204 },
    errors: [
      "auth.wrong_password",
      "auth.wrong_code",
      "auth.too_many_codes",
      "auth.too_many_attempts",
      "auth.second_factor_required",
      "passkey.refused",
      "auth.busy",
    ],
  },
  async ({ actor, body }) => {
    if ("passkey" in body) {
      await stepUp(actor, { passkey: { challengeId: body.challenge_id, response: body.passkey } });
    } else await stepUp(actor, body);
    return undefined;
  },
);
