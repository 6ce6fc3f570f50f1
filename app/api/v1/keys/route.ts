import { pageView } from "@/lib/core/page";
import { route } from "@/lib/http/route";
import { now } from "@/lib/infra/clock";
import { createKey } from "@/lib/keys/commands/create-key";
import { listKeys } from "@/lib/keys/queries";
import { createKeyBody, keyPageView, keyQuery, keyWithSecretView } from "@/lib/keys/schema";
import { keyView } from "@/lib/keys/view";

export const GET = route(
  {
    summary: "List your API keys",
    description: "Newest first, also those that no longer work. Their secrets are not stored.",
    auth: "member:keys",
    query: keyQuery,
    response: { status: 200, schema: keyPageView },
  },
  async ({ actor, query }) => pageView(await listKeys(actor, query), (key) => keyView(key, now())),
);

export const POST = route(
  {
    summary: "Create an API key",
    description:
      "The secret is in this answer and nowhere else. A key can be bound to models, networks, an end and limits of its own; it never has more than its maker.",
    auth: "member:keys",
    sensitive: true,
    body: createKeyBody,
    response: { status: 201, schema: keyWithSecretView },
    idempotent: true,
    errors: ["key.too_many", "auth.scope_missing", "auth.forbidden"],
  },
  async ({ actor, body }) => {
    const { key, secret } = await createKey(actor, body);
    return { key: keyView(key, now()), secret };
  },
);
