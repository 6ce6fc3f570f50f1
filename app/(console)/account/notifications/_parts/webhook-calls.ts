import type { z } from "zod";
import { api } from "@/app/_client/api";
import type { DeliveryView, newWebhookView, WebhookView } from "@/lib/webhooks/schema";

export type WebhookWithSecret = z.infer<typeof newWebhookView>;
export type WebhookBody = Pick<WebhookView, "url" | "events">;
export type WebhookOverlap = 0 | 3_600 | 86_400;

const path = (id: string, rest = ""): string => `/api/v1/webhooks/${encodeURIComponent(id)}${rest}`;

export const createWebhook = (body: WebhookBody) => api<WebhookWithSecret>("POST", "/api/v1/webhooks", body);
export const changeWebhook = (id: string, change: Partial<WebhookBody & { enabled: boolean }>) =>
  api<WebhookView>("PATCH", path(id), change);
export const deleteWebhook = (id: string) => api("DELETE", path(id));
export const rollWebhook = (id: string, overlap: WebhookOverlap) =>
  api<WebhookWithSecret>("POST", path(id, "/roll"), { expires_old_in: overlap });
export const testWebhook = (id: string) => api<DeliveryView>("POST", path(id, "/test"));
export const replayDelivery = (id: string, deliveryId: string) =>
  api<DeliveryView>("POST", path(id, `/deliveries/${encodeURIComponent(deliveryId)}/replay`));

type Deliveries = { items: DeliveryView[] };

export async function findDelivery(id: string, deliveryId: string): Promise<DeliveryView | undefined> {
  const { items } = await api<Deliveries>("GET", path(id, "/deliveries?limit=25"));
  return items.find((delivery) => delivery.id === deliveryId);
}
