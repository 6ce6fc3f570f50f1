import { route } from "@/lib/http/route";
import { unlinkAccount } from "@/lib/providers/commands/unlink-account";

export const DELETE = route(
  {
    summary: "Disconnect a sign-in service from the own account",
    description: "Refused where it is the only way in: set a password or add a passkey first.",
    auth: "member:account",
    sensitive: true,
    response: { status: 204 },
    errors: ["account.not_found", "account.last_way_in"],
  },
  async ({ actor, params }) => {
    await unlinkAccount(actor, params.provider ?? "");
    return undefined;
  },
);
