import { removePasskey, renamePasskey } from "@/lib/factors/commands/change-passkeys";
import { passkeyView as passkeyShape, renamePasskeyBody } from "@/lib/factors/schema";
import { passkeyView } from "@/lib/factors/view";
import { route } from "@/lib/http/route";

export const PATCH = route(
  {
    summary: "Rename a passkey",
    auth: "member:account",
    body: renamePasskeyBody,
    response: { status: 200, schema: passkeyShape },
    errors: ["factor.not_found"],
  },
  async ({ actor, params, body }) => passkeyView(await renamePasskey(actor, params.id ?? "", body.name)),
);

export const DELETE = route(
  {
    summary: "Remove a passkey",
    description: "All other sessions of the person end. Recovery codes go with the last factor.",
    auth: "member:account",
    sensitive: true,
    response: { status: 204 },
    errors: ["factor.not_found", "factor.last_required"],
  },
  async ({ actor, params }) => {
    await removePasskey(actor, params.id ?? "");
    return undefined;
  },
);
