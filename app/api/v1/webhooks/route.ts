import { route } from "@/lib/http/route";
import { createWebhook } from "@/lib/webhooks/commands/create-webhook";
import { listWebhooks } from "@/lib/webhooks/queries";
import { createWebhookBody, newWebhookView, webhookListView } from "@/lib/webhooks/schema";
import { webhookView } from "@/lib/webhooks/view";

export const GET = route(
  {
    summary: "List your webhooks",
    auth: "member:account",
    response: { status: 200, schema: webhookListView },
  },
  async ({ actor }) => ({ items: (await listWebhooks(actor)).map(webhookView), next_cursor: null }),
);

export const POST = route(
  {
    summary: "Add a webhook",
    description:
      "An address of yours that is told what happened, signed by Standard Webhooks. The secret is in this answer and nowhere else. Private addresses are refused.",
    auth: "member:account",
    sensitive: true,
    body: createWebhookBody,
    response: { status: 201, schema: newWebhookView },
    idempotent: true,
    errors: ["webhook.too_many"],
  },
  async ({ actor, body }) => {
    const { webhook, secret } = await createWebhook(actor, body);
    return { webhook: webhookView(webhook), secret };
  },
);
