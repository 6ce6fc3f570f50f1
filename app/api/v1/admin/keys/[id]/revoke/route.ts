import { route } from "@/lib/http/route";
import { revokeAnyKey } from "@/lib/keys/commands/revoke-key";
import { revokeKeyBody } from "@/lib/keys/schema";

export const POST = route(
  {
    summary: "Revoke anybody's API key",
    description:
      "It stops working at once and for good. Its owner sees the reason. A second time is no error.",
    auth: "admin",
    sensitive: false,
    body: revokeKeyBody,
    response: { status: 204 },
    errors: ["key.not_found"],
  },
  async ({ actor, params, body }) => {
    await revokeAnyKey(actor, params.id ?? "", body.reason);
    return undefined;
  },
);
