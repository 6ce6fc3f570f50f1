import { orNull } from "../core/time";
import { readEvents } from "./domain";
import type { DeliveryView, WebhookView } from "./schema";

type Webhook = {
  id: string;
  url: string;
  events: string;
  disabledAt: Date | null;
  disabledReason: string | null;
  createdAt: Date;
};

export const webhookView = (webhook: Webhook): WebhookView => ({
  id: webhook.id,
  url: webhook.url,
  events: readEvents(webhook.events),
  enabled: webhook.disabledAt === null,
  disabled_reason: webhook.disabledReason,
  created_at: webhook.createdAt.toISOString(),
});

type Delivery = {
  id: string;
  type: string;
  state: string;
  attempts: number;
  nextAt: Date;
  lastStatus: number | null;
  lastError: string | null;
  createdAt: Date;
  deliveredAt: Date | null;
};

export const deliveryView = (delivery: Delivery): DeliveryView => ({
  id: delivery.id,
  type: delivery.type as DeliveryView["type"],
  state: delivery.state as DeliveryView["state"],
  attempts: delivery.attempts,
  next_at: delivery.state === "waiting" ? delivery.nextAt.toISOString() : null,
  last_status: delivery.lastStatus,
  last_error: delivery.lastError,
  created_at: delivery.createdAt.toISOString(),
  delivered_at: orNull(delivery.deliveredAt),
});
