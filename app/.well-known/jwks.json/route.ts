import { route } from "@/lib/http/route";
import { publicKeysView } from "@/lib/tokens/schema";
import { publicKeys } from "@/lib/tokens/signing-keys";

export const GET = route(
  {
    summary: "The public keys of access tokens",
    description:
      "RFC 7517. Any service can verify our tokens with these. After a rotation a token may name a key that is not in your copy yet: fetch this again when you meet an unknown kid.",
    auth: "anonymous",
    response: { status: 200, schema: publicKeysView },
  },
  async () =>
    Response.json({ keys: await publicKeys() }, { headers: { "cache-control": "public, max-age=300" } }),
);
