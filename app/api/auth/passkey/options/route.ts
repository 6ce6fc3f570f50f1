import { passkeyOptions } from "@/lib/factors/passkey-ceremony";
import { passkeyOptionsView } from "@/lib/factors/schema";
import { route } from "@/lib/http/route";

export const POST = route(
  {
    summary: "Ask for a passkey to sign in with",
    description: "The same for everybody: nothing is said about who is asking or which passkeys there are.",
    auth: "anonymous",
    response: { status: 200, schema: passkeyOptionsView },
  },
  async () => passkeyOptions({ purpose: "passkey_sign_in", userId: null }),
);
