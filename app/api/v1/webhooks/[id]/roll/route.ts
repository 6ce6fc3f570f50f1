import { route } from "@/lib/http/route";
import { rollSecret } from "@/lib/webhooks/commands/roll-secret";
import { newWebhookView, rollWebhookBody } from "@/lib/webhooks/schema";
import { webhookView } from "@/lib/webhooks/view";

export const POST = route(
  {
    summary: "Give a webhook a new secret",
    description:
      "The new secret is in this answer and nowhere else. For expires_old_in more seconds both sign every message.",
    auth: "member:account",
    sensitive: true,
    body: rollWebhookBody,
    response: { status: 201, schema: newWebhookView },
    idempotent: true,
    errors: ["webhook.not_found"],
  },
  async ({ actor, params, body }) => {
    const { webhook, secret } = await rollSecret(actor, params.id ?? "", body.expires_old_in);
    return { webhook: webhookView(webhook), secret };
  },
);
