import { listAlerts } from "@/lib/alerts/queries";
import { alertPageView, alertQuery } from "@/lib/alerts/schema";
import { alertView } from "@/lib/alerts/view";
import { pageView } from "@/lib/core/page";
import { route } from "@/lib/http/route";

export const GET = route(
  {
    summary: "List your alerts",
    description: "Those that nobody looked at first. Administrators see what is for all of them as well.",
    auth: "member:account",
    query: alertQuery,
    response: { status: 200, schema: alertPageView },
  },
  async ({ actor, query }) => pageView(await listAlerts(actor, query), alertView),
);
