import { confirmTotpBody, recoveryCodesView } from "@/lib/factors/schema";
import { route } from "@/lib/http/route";
import { confirmOwnTotp } from "@/lib/sign-in/commands/confirm-totp";

export const POST = route(
  {
    summary: "Connect an authenticator app with its first code",
    description:
      "Gives ten recovery codes, shown this once, unless there are some already. All other sessions of the person end.",
    auth: "member:account",
    sensitive: true,
    body: confirmTotpBody,
    response: { status: 200, schema: recoveryCodesView },
    errors: [
      "auth.wrong_code",
      "auth.too_many_codes",
      "factor.not_found",
      "factor.already_on",
      "user.changed_meanwhile",
    ],
  },
  async ({ actor, body }) => ({ recovery_codes: await confirmOwnTotp(actor, body.code) }),
);
