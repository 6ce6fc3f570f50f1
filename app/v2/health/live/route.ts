import { serverLiveView } from "@/lib/http/oip";
import { route } from "@/lib/http/route";

export const GET = route(
  {
    summary: "Open Inference Protocol: is the process there",
    auth: "anonymous",
    response: { status: 200, schema: serverLiveView },
  },
  async () => ({ live: true as const }),
);
