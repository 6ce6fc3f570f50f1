import { route } from "@/lib/http/route";
import { now } from "@/lib/infra/clock";
import { changeKey } from "@/lib/keys/commands/change-key";
import { revokeKey } from "@/lib/keys/commands/revoke-key";
import { getKey } from "@/lib/keys/queries";
import { changeKeyBody, keyView as keyShape } from "@/lib/keys/schema";
import { keyView } from "@/lib/keys/view";

export const GET = route(
  {
    summary: "Read one of your API keys",
    auth: "member:keys",
    response: { status: 200, schema: keyShape },
    errors: ["key.not_found"],
  },
  async ({ actor, params }) => keyView(await getKey(actor, params.id ?? ""), now()),
);

export const PATCH = route(
  {
    summary: "Change the name or the rights of an API key",
    description:
      "Members that are absent stay as they are; null takes a bound away. Counts for the next call.",
    auth: "member:keys",
    sensitive: true,
    body: changeKeyBody,
    response: { status: 200, schema: keyShape },
    errors: ["key.not_found", "key.not_usable", "auth.scope_missing", "auth.forbidden"],
  },
  async ({ actor, params, body }) => keyView(await changeKey(actor, params.id ?? "", body), now()),
);

export const DELETE = route(
  {
    summary: "Revoke an API key",
    description: "It stops working at once and for good, and stays in the list. A second time is no error.",
    auth: "member:keys",
    response: { status: 204 },
    errors: ["key.not_found"],
  },
  async ({ actor, params }) => {
    await revokeKey(actor, params.id ?? "");
    return undefined;
  },
);
