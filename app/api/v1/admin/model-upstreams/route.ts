import { route } from "@/lib/http/route";
import { probeUpstream } from "@/lib/models/commands/probe-upstream";
import { upstream, upstreamProbeView } from "@/lib/models/schema";

export const POST = route(
  {
    summary: "Ask an upstream what goes in and comes out",
    description:
      "Only the preset open_inference has a way to say it; the others answer empty lists and are not called. Nothing is kept.",
    auth: "admin",
    sensitive: false,
    body: upstream,
    response: { status: 200, schema: upstreamProbeView },
    errors: [
      "upstream.unreachable",
      "upstream.invalid_answer",
      "upstream.address_not_allowed",
      "model.timed_out",
    ],
  },
  async ({ actor, body }) => probeUpstream(actor, body),
);
