import { route } from "@/lib/http/route";
import { changeWebhook } from "@/lib/webhooks/commands/change-webhook";
import { deleteWebhook } from "@/lib/webhooks/commands/delete-webhook";
import { getWebhook } from "@/lib/webhooks/queries";
import { changeWebhookBody, webhookView as webhookShape } from "@/lib/webhooks/schema";
import { webhookView } from "@/lib/webhooks/view";

export const GET = route(
  {
    summary: "Read one of your webhooks",
    auth: "member:account",
    response: { status: 200, schema: webhookShape },
    errors: ["webhook.not_found"],
  },
  async ({ actor, params }) => webhookView(await getWebhook(actor, params.id ?? "")),
);

export const PATCH = route(
  {
    summary: "Change a webhook",
    description: "Members that are absent stay as they are. `enabled: true` switches it on again.",
    auth: "member:account",
    body: changeWebhookBody,
    response: { status: 200, schema: webhookShape },
    errors: ["webhook.not_found"],
  },
  async ({ actor, params, body }) => webhookView(await changeWebhook(actor, params.id ?? "", body)),
);

export const DELETE = route(
  {
    summary: "Delete a webhook",
    description: "Nothing is sent to it any more, also not what was waiting.",
    auth: "member:account",
    response: { status: 204 },
    errors: ["webhook.not_found"],
  },
  async ({ actor, params }) => {
    await deleteWebhook(actor, params.id ?? "");
    return undefined;
  },
);
