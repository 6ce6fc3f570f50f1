import type { z } from "zod";
import type { Actor } from "../core/actor";
import { AppError } from "../core/errors";
import { afterNewest, type Page, toPage } from "../core/page";
import { type Database, db, type Prisma } from "../infra/db/client";
import { canManageWebhook } from "./policy";
import type { deliveryQuery } from "./schema";

export type Webhook = Prisma.WebhookEndpointGetPayload<object>;
export type Delivery = Prisma.WebhookDeliveryGetPayload<object>;

/** One's own, newest first; there are never more than a setting allows. */
export async function listWebhooks(actor: Actor): Promise<Webhook[]> {
  if (!("user" in actor)) return [];
  return db().webhookEndpoint.findMany({
    where: { userId: actor.user.id },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
  });
}

/** Somebody else's is not there. */
export async function getWebhook(actor: Actor, id: string, database: Database = db()): Promise<Webhook> {
  const webhook = await database.webhookEndpoint.findUnique({ where: { id } });
  if (!webhook || !canManageWebhook(actor, webhook)) throw new AppError("webhook.not_found");
  return webhook;
}

export async function getDelivery(actor: Actor, webhookId: string, id: string): Promise<Delivery> {
  const webhook = await getWebhook(actor, webhookId);
  const delivery = await db().webhookDelivery.findUnique({ where: { id } });
  if (delivery?.endpointId !== webhook.id) throw new AppError("webhook.not_found");
  return delivery;
}

/** What was sent to one webhook, newest first. */
export async function listDeliveries(
  actor: Actor,
  webhookId: string,
  { state, cursor, limit }: z.output<typeof deliveryQuery>,
): Promise<Page<Delivery>> {
  const webhook = await getWebhook(actor, webhookId);
  const rows = await db().webhookDelivery.findMany({
    where: { endpointId: webhook.id, ...(state ? { state } : {}), ...afterNewest(cursor) },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    take: limit + 1,
  });
  return toPage(rows, limit, (row) => ({ value: row.createdAt.toISOString(), id: row.id }));
}

/** Switched off by the app itself since then: their owners are told. */
export const listFailedWebhooks = (since: Date): Promise<Webhook[]> =>
  db().webhookEndpoint.findMany({ where: { disabledAt: { gt: since }, disabledReason: { not: null } } });
