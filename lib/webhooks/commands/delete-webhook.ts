import { audited } from "../../audit/commands/audited";
import type { PersonActor } from "../../core/actor";
import { getWebhook } from "../queries";
import { hostLabel } from "./create-webhook";

/** With all that was, or was to be, sent to it. */
export async function deleteWebhook(actor: PersonActor, id: string): Promise<void> {
  await audited(actor, async (transaction, record) => {
    const webhook = await getWebhook(actor, id, transaction);
    await transaction.webhookEndpoint.delete({ where: { id } });
    record({
      action: "webhook.deleted",
      object: { type: "webhook", id, label: hostLabel(webhook) },
      detail: { user_id: webhook.userId },
    });
  });
}
