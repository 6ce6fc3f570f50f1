import { checkReadiness, readyView } from "@/lib/http/health";
import { route } from "@/lib/http/route";

export const GET = route(
  {
    summary: "Can it answer requests: one row per part it depends on",
    description: "503 with the same body while a part is away or the process is stopping.",
    auth: "anonymous",
    response: { status: 200, schema: readyView },
  },
  async () => {
    const report = await checkReadiness();
    return report.status === "ok" ? report : Response.json(report, { status: 503 });
  },
);
