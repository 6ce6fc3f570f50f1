import { newPasskeyOptions } from "@/lib/factors/passkey-ceremony";
import { passkeyOptionsView } from "@/lib/factors/schema";
import { route } from "@/lib/http/route";

export const POST = route(
  {
    summary: "Begin to add a passkey",
    description: "The options go to the browser's WebAuthn call.",
    auth: "member:account",
    sensitive: true,
    response: { status: 200, schema: passkeyOptionsView },
  },
  async ({ actor }) => newPasskeyOptions(actor.user, actor.sessionId),
);
