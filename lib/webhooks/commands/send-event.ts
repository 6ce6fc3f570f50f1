import type { PersonActor } from "../../core/actor";
import { AppError } from "../../core/errors";
import { newId } from "../../core/ids";
import { now } from "../../infra/clock";
import { type Database, db } from "../../infra/db/client";
import { digestCandidates, withoutVersion } from "../../infra/secrets";
import { bodyBytesMax, type EventType, readEvents } from "../domain";
import { type Delivery, getDelivery, getWebhook } from "../queries";
import { wakeSender } from "../wake";

type Options = {
  /** The transaction that it has to be part of. */
  database?: Database;
  /** What happened: however often this is called for it, each endpoint gets one message. */
  once?: string;
};

/** Queues a message for every endpoint of the user that wants this; the sender takes it from there. */
export async function sendEvent(
  userId: string,
  type: EventType,
  data: Record<string, unknown>,
  { database = db(), once }: Options = {},
): Promise<void> {
  const endpoints = await database.webhookEndpoint.findMany({ where: { userId, disabledAt: null } });
  const wanted = endpoints.filter(({ events }) => readEvents(events).some((event) => event === type));
  if (wanted.length === 0) return;
  const body = bodyOf(type, data);
  const known = once === undefined ? [] : await findKnown(database, wanted, once);
  const fresh = wanted
    .filter(({ id }) => once === undefined || !idsFor(once, id).some((one) => known.includes(one)))
    .map(({ id }) => newDelivery(id, userId, type, body, once));
  if (fresh.length > 0) await database.webhookDelivery.createMany({ data: fresh });
  wakeSender();
}

/** One message to see that it arrives, to an endpoint of one's own whatever it wants otherwise. */
export async function sendTest(actor: PersonActor, webhookId: string): Promise<Delivery> {
  const webhook = await getWebhook(actor, webhookId);
  if (webhook.disabledAt) throw new AppError("webhook.disabled");
  const body = bodyOf("webhook.test", { webhook: webhook.id, text: "This is a test." });
  const delivery = await db().webhookDelivery.create({
    data: newDelivery(webhook.id, webhook.userId, "webhook.test", body),
  });
  wakeSender();
  return delivery;
}

/** The same message once more, under the same id: who got it before can tell. */
export async function replayDelivery(actor: PersonActor, webhookId: string, id: string): Promise<Delivery> {
  const webhook = await getWebhook(actor, webhookId);
  await getDelivery(actor, webhookId, id);
  if (webhook.disabledAt) throw new AppError("webhook.disabled");
  await db().webhookDelivery.updateMany({
    where: { id, state: { not: "waiting" } },
    data: {
      state: "waiting",
      attempts: 0,
      nextAt: now(),
      lastError: null,
      lastStatus: null,
      deliveredAt: null,
    },
  });
  wakeSender();
  return getDelivery(actor, webhookId, id);
}

const findKnown = async (database: Database, endpoints: { id: string }[], once: string): Promise<string[]> =>
  (
    await database.webhookDelivery.findMany({
      where: { id: { in: endpoints.flatMap(({ id }) => idsFor(once, id)) } },
      select: { id: true },
    })
  ).map(({ id }) => id);

function newDelivery(endpointId: string, userId: string, type: EventType, body: string, once?: string) {
  const at = now();
  return {
    id: once === undefined ? newId("msg") : (idsFor(once, endpointId)[0] ?? ""),
    ...{ endpointId, userId, type, body },
    state: "waiting",
    attempts: 0,
    nextAt: at,
    createdAt: at,
  };
}

/** Always the same for the same happening and endpoint; since a rotation of the secret one more. */
const idsFor = (once: string, endpointId: string): string[] =>
  digestCandidates("webhook-delivery", `${once} ${endpointId}`).map(
    (text) => `msg_${withoutVersion(text).replaceAll(/[-_]/g, "").slice(0, 20)}`,
  );

function bodyOf(type: EventType, data: Record<string, unknown>): string {
  const body = JSON.stringify({ type, timestamp: now().toISOString(), data });
  if (Buffer.byteLength(body) < bodyBytesMax) return body;
  throw new Error(`a ${type} message is too large: ${Buffer.byteLength(body)} bytes`);
}
