import { serverMetadataView } from "@/lib/http/oip";
import { route } from "@/lib/http/route";
import packageJson from "@/package.json" with { type: "json" };

export const GET = route(
  {
    summary: "Open Inference Protocol: what this server is",
    auth: "anonymous",
    response: { status: 200, schema: serverMetadataView },
  },
  async () => ({ name: packageJson.name, version: packageJson.version, extensions: [] }),
);
