import { beginTotp, removeTotp } from "@/lib/factors/commands/connect-totp";
import { newTotpView } from "@/lib/factors/schema";
import { route } from "@/lib/http/route";

export const POST = route(
  {
    summary: "Begin to connect an authenticator app",
    description: "A new secret, as text, link and picture. It counts once a first code was confirmed.",
    auth: "member:account",
    sensitive: true,
    response: { status: 200, schema: newTotpView },
    errors: ["factor.already_on"],
  },
  async ({ actor }) => beginTotp(actor),
);

export const DELETE = route(
  {
    summary: "Remove the authenticator app",
    description: "All other sessions of the person end. Recovery codes go with the last factor.",
    auth: "member:account",
    sensitive: true,
    response: { status: 204 },
    errors: ["factor.not_found", "factor.last_required"],
  },
  async ({ actor }) => {
    await removeTotp(actor);
    return undefined;
  },
);
