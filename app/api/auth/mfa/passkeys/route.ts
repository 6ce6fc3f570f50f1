import { addPasskey } from "@/lib/factors/commands/change-passkeys";
import { addedPasskeyView, addPasskeyBody } from "@/lib/factors/schema";
import { passkeyView } from "@/lib/factors/view";
import { route } from "@/lib/http/route";

export const POST = route(
  {
    summary: "Add a passkey",
    description:
      "Takes what the device answered to the options. With the first factor come ten recovery codes, shown this once. All other sessions of the person end.",
    auth: "member:account",
    sensitive: true,
    body: addPasskeyBody,
    response: { status: 201, schema: addedPasskeyView },
    errors: ["passkey.refused"],
  },
  async ({ actor, body: { challenge_id: challengeId, name, response } }) => {
    const { passkey, recoveryCodes } = await addPasskey(actor, { challengeId, name, response });
    const codes = recoveryCodes.length > 0 ? { recovery_codes: recoveryCodes } : {};
    return { passkey: passkeyView(passkey), ...codes };
  },
);
