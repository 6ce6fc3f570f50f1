import { audited } from "../../audit/commands/audited";
import type { PersonActor } from "../../core/actor";
import { now } from "../../infra/clock";
import { getWebhook, type Webhook } from "../queries";
import type { ChangeWebhook } from "../schema";
import { assertReachable } from "../target";
import { hostLabel } from "./create-webhook";

/** What is absent stays. Switching it on again forgets why it was off; what failed meanwhile can be sent anew. */
export async function changeWebhook(actor: PersonActor, id: string, change: ChangeWebhook): Promise<Webhook> {
  if (change.url !== undefined) await assertReachable(change.url);
  return audited(actor, async (transaction, record) => {
    const before = await getWebhook(actor, id, transaction);
    const isDisabled = change.enabled === undefined ? before.disabledAt !== null : !change.enabled;
    const after = await transaction.webhookEndpoint.update({
      where: { id },
      data: {
        url: change.url ?? before.url,
        events: change.events?.join(" ") ?? before.events,
        disabledAt: isDisabled ? (before.disabledAt ?? now()) : null,
        disabledReason: isDisabled ? before.disabledReason : null,
      },
    });
    record({
      action: "webhook.changed",
      object: { type: "webhook", id, label: hostLabel(after) },
      detail: { user_id: before.userId, members: Object.keys(change) },
    });
    return after;
  });
}
