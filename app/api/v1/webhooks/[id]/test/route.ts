import { route } from "@/lib/http/route";
import { sendTest } from "@/lib/webhooks/commands/send-event";
import { deliveryView as deliveryShape } from "@/lib/webhooks/schema";
import { deliveryView } from "@/lib/webhooks/view";

export const POST = route(
  {
    summary: "Send a test message to a webhook",
    description: "It is on its way when this answers; its delivery says how that went.",
    auth: "member:account",
    response: { status: 202, schema: deliveryShape },
    errors: ["webhook.not_found", "webhook.disabled"],
  },
  async ({ actor, params }) => deliveryView(await sendTest(actor, params.id ?? "")),
);
