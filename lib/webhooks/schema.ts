import { z } from "zod";
import { pageOf, pageQuery } from "../core/page";
import { chosenEvents, deliveryStates, eventTypes } from "./domain";

const events = z
  .array(z.enum(chosenEvents))
  .min(1, "Name at least one.")
  .transform((given) => chosenEvents.filter((event) => given.includes(event)));
const url = z
  .url({ protocol: /^https?$/, error: "Write a full address such as https://example.org/hook." })
  .max(2_000);

export const createWebhookBody = z.strictObject({ url, events: events.default([...chosenEvents]) });
export type CreateWebhook = z.output<typeof createWebhookBody>;
export const changeWebhookBody = z
  .strictObject({ url, events, enabled: z.boolean() })
  .partial()
  .refine((change) => Object.keys(change).length > 0, "Name at least one member to change.");
export type ChangeWebhook = z.output<typeof changeWebhookBody>;
/** For how many seconds the old secret signs beside the new one. */
export const rollWebhookBody = z.strictObject({
  expires_old_in: z.literal([0, 3_600, 86_400]).default(86_400),
});

export const webhookView = z.strictObject({
  id: z.string(),
  url: z.string(),
  events: z.array(z.enum(chosenEvents)),
  enabled: z.boolean(),
  /** Why it was switched off, when the app did that itself. */
  disabled_reason: z.string().nullable(),
  created_at: z.string(),
});
export type WebhookView = z.infer<typeof webhookView>;
export const webhookListView = z.strictObject({ items: z.array(webhookView), next_cursor: z.null() });
/** The secret appears here and never again. */
export const newWebhookView = z.strictObject({ webhook: webhookView, secret: z.string() });

export const deliveryQuery = z.strictObject({ ...pageQuery, state: z.enum(deliveryStates).optional() });
export const deliveryView = z.strictObject({
  id: z.string(),
  type: z.enum(eventTypes),
  state: z.enum(deliveryStates),
  attempts: z.number(),
  next_at: z.string().nullable(),
  last_status: z.number().nullable(),
  last_error: z.string().nullable(),
  created_at: z.string(),
  delivered_at: z.string().nullable(),
});
export type DeliveryView = z.infer<typeof deliveryView>;
export const deliveryPageView = pageOf(deliveryView);
