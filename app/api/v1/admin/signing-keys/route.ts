import { route } from "@/lib/http/route";
import { rotateSigningKey } from "@/lib/tokens/commands/rotate-signing-key";
import { listSigningKeys } from "@/lib/tokens/queries";
import { signingKeyListView, signingKeyView as signingKeyShape } from "@/lib/tokens/schema";
import { signingKeyView } from "@/lib/tokens/view";

export const GET = route(
  {
    summary: "List the keys that sign access tokens",
    description: "The newest signs; retired ones verify until the last token they signed is over.",
    auth: "admin",
    response: { status: 200, schema: signingKeyListView },
  },
  async ({ actor }) => ({ items: (await listSigningKeys(actor)).map(signingKeyView), next_cursor: null }),
);

export const POST = route(
  {
    summary: "Rotate the signing key",
    description: "A new key signs from now on. Tokens that are out stay valid, nobody is signed out.",
    auth: "admin",
    idempotent: true,
    response: { status: 201, schema: signingKeyShape },
  },
  async ({ actor }) => signingKeyView(await rotateSigningKey(actor)),
);
