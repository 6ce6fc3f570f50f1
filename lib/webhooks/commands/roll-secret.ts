import { audited } from "../../audit/commands/audited";
import type { PersonActor } from "../../core/actor";
import { secondMs } from "../../core/time";
import { now } from "../../infra/clock";
import { getWebhook } from "../queries";
import { newWebhookSecret, sealSecret } from "../signature";
import { hostLabel, type WebhookWithSecret } from "./create-webhook";

/** A new secret. For the overlap both sign, so that the receiver can change over whenever it likes. */
export async function rollSecret(
  actor: PersonActor,
  id: string,
  overlapSeconds: number,
): Promise<WebhookWithSecret> {
  const secret = newWebhookSecret();
  return audited(actor, async (transaction, record) => {
    const old = await getWebhook(actor, id, transaction);
    const isOverlapping = overlapSeconds > 0;
    const webhook = await transaction.webhookEndpoint.update({
      where: { id },
      data: {
        secretSealed: sealSecret(secret),
        previousSealed: isOverlapping ? old.secretSealed : null,
        previousUntil: isOverlapping ? new Date(now().getTime() + overlapSeconds * secondMs) : null,
      },
    });
    record({
      action: "webhook.rolled",
      object: { type: "webhook", id, label: hostLabel(webhook) },
      detail: { user_id: webhook.userId },
    });
    return { webhook, secret };
  });
}
