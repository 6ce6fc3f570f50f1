import { liveView } from "@/lib/http/health";
import { route } from "@/lib/http/route";

export const GET = route(
  { summary: "Is the process alive", auth: "anonymous", response: { status: 200, schema: liveView } },
  async () => ({ status: "ok" as const }),
);
