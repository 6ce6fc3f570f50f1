import { pageView } from "@/lib/core/page";
import { route } from "@/lib/http/route";
import { listDeliveries } from "@/lib/webhooks/queries";
import { deliveryPageView, deliveryQuery } from "@/lib/webhooks/schema";
import { deliveryView } from "@/lib/webhooks/view";

export const GET = route(
  {
    summary: "List what was sent to a webhook",
    description: "Newest first, of the last 30 days.",
    auth: "member:account",
    query: deliveryQuery,
    response: { status: 200, schema: deliveryPageView },
    errors: ["webhook.not_found"],
  },
  async ({ actor, params, query }) =>
    pageView(await listDeliveries(actor, params.id ?? "", query), deliveryView),
);
