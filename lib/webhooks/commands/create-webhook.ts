import { audited } from "../../audit/commands/audited";
import type { PersonActor } from "../../core/actor";
import { AppError } from "../../core/errors";
import { newId } from "../../core/ids";
import { now } from "../../infra/clock";
import type { Transaction } from "../../infra/db/client";
import { readSettings } from "../../settings/queries";
import type { Webhook } from "../queries";
import type { CreateWebhook } from "../schema";
import { newWebhookSecret, sealSecret } from "../signature";
import { assertReachable } from "../target";

export type WebhookWithSecret = { webhook: Webhook; secret: string };

/** A place of the actor's own to send messages to; its secret leaves here and never again. */
export async function createWebhook(actor: PersonActor, input: CreateWebhook): Promise<WebhookWithSecret> {
  // Before the transaction: a slow look-up of a name must not hold the log.
  await assertReachable(input.url);
  const secret = newWebhookSecret();
  return audited(actor, async (transaction, record) => {
    await assertBelowMax(transaction, actor.user.id);
    const webhook = await transaction.webhookEndpoint.create({
      data: {
        id: newId("whk"),
        userId: actor.user.id,
        url: input.url,
        events: input.events.join(" "),
        secretSealed: sealSecret(secret),
        createdAt: now(),
      },
    });
    record({
      action: "webhook.created",
      object: { type: "webhook", id: webhook.id, label: hostLabel(webhook) },
      detail: { user_id: actor.user.id, events: input.events },
    });
    return { webhook, secret };
  });
}

/** Without path and query, which may hold what nobody else should read. */
export const hostLabel = ({ url }: Pick<Webhook, "url">): string => new URL(url).host;

/** Audited changes run one after the other, so however many are made at once, there are never too many. */
async function assertBelowMax(transaction: Transaction, userId: string): Promise<void> {
  const { webhooks_per_user_max: most } = await readSettings(transaction);
  if ((await transaction.webhookEndpoint.count({ where: { userId } })) < most) return;
  throw new AppError("webhook.too_many", { detail: `One person can have ${most} webhooks.` });
}
