import { route } from "@/lib/http/route";
import { replayDelivery } from "@/lib/webhooks/commands/send-event";
import { deliveryView as deliveryShape } from "@/lib/webhooks/schema";
import { deliveryView } from "@/lib/webhooks/view";

export const POST = route(
  {
    summary: "Send a message to a webhook once more",
    description: "Under the same webhook-id, so that a receiver which had it can tell.",
    auth: "member:account",
    response: { status: 202, schema: deliveryShape },
    errors: ["webhook.not_found", "webhook.disabled"],
  },
  async ({ actor, params }) =>
    deliveryView(await replayDelivery(actor, params.id ?? "", params.delivery ?? "")),
);
