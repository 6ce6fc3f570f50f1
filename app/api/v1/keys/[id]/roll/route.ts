import { route } from "@/lib/http/route";
import { now } from "@/lib/infra/clock";
import { rollKey } from "@/lib/keys/commands/roll-key";
import { keyWithSecretView, rollKeyBody } from "@/lib/keys/schema";
import { keyView } from "@/lib/keys/view";

export const POST = route(
  {
    summary: "Roll an API key",
    description:
      "A new key with the same rights and a new secret, shown here only. The old one works for expires_old_in more seconds, at most as long as it would have; both count together.",
    auth: "member:keys",
    sensitive: true,
    body: rollKeyBody,
    response: { status: 201, schema: keyWithSecretView },
    idempotent: true,
    errors: ["key.not_found", "key.not_usable", "auth.scope_missing", "auth.forbidden"],
  },
  async ({ actor, params, body }) => {
    const { key, secret } = await rollKey(actor, params.id ?? "", body.expires_old_in);
    return { key: keyView(key, now()), secret };
  },
);
