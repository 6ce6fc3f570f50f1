import { metricsAnswer } from "@/lib/http/health";
import { route } from "@/lib/http/route";

export const GET = route(
  {
    summary: "Numbers about this process, for Prometheus",
    description: "For administrators and for API keys with the scope metrics.",
    auth: "member:metrics",
    response: { status: 200, contentType: "text/plain" },
  },
  async () => metricsAnswer(),
);
