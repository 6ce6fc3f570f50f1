import { route } from "@/lib/http/route";
import { env } from "@/lib/infra/env";
import { serverMetadataView as serverMetadataShape } from "@/lib/tokens/schema";
import { serverMetadataView } from "@/lib/tokens/view";

export const GET = route(
  {
    summary: "What OAuth clients need to know",
    description: "RFC 8414.",
    auth: "anonymous",
    response: { status: 200, schema: serverMetadataShape },
  },
  async () =>
    Response.json(serverMetadataView(env().baseUrl), {
      headers: { "cache-control": "public, max-age=300" },
    }),
);
