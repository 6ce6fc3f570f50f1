import { randomBytes } from "node:crypto";
import { minuteMs, secondMs } from "../core/time";
import { now } from "../infra/clock";
import { db, type Prisma } from "../infra/db/client";
import { log } from "../infra/log";
import { singleton, takeSingleton } from "../infra/singleton";
import { attemptsMax, pauseAfter } from "./domain";
import { type Outcome, postMessage } from "./post";
import type { Delivery, Webhook } from "./queries";
import { unsealSecret } from "./signature";
import { whenWoken } from "./wake";

const lookEveryMs = secondMs;
/** Longer than an attempt may take: whoever died with it is followed by somebody else. */
const claimMs = minuteMs;
const atOnceMax = 32;
/** One slow receiver must not take all places. */
const perEndpointMax = 2;

type Sender = {
  claim: string;
  /** The endpoint of each message that is on its way. */
  running: Map<string, string>;
  stop: AbortController;
  timer: NodeJS.Timeout | undefined;
  looking: Promise<void> | null;
};

/** Sends what is due, from now on, beside the sender of every other process. */
export function startSender(): void {
  const sender = singleton<Sender>("webhook-sender", () => ({
    claim: randomBytes(9).toString("base64url"),
    running: new Map(),
    stop: new AbortController(),
    timer: undefined,
    looking: null,
  }));
  sender.timer ??= setInterval(() => void look(sender), lookEveryMs).unref();
  whenWoken(() => void look(sender));
  void look(sender);
}

/** What is on its way is given up and sent again by the next process. */
export async function stopSender(): Promise<void> {
  const sender = takeSingleton<Sender>("webhook-sender");
  if (!sender) return;
  whenWoken(() => {});
  clearInterval(sender.timer);
  sender.stop.abort(new Error("the app is shutting down"));
  await sender.looking;
  while (sender.running.size > 0) await new Promise((resolve) => setTimeout(resolve, 10));
}

function look(sender: Sender): Promise<void> {
  sender.looking ??= sendDue(sender)
    .catch((error: unknown) => log().warn({ err: error }, "webhooks could not be looked through"))
    .finally(() => {
      sender.looking = null;
    });
  return sender.looking;
}

async function sendDue(sender: Sender): Promise<void> {
  while (!sender.stop.signal.aborted && sender.running.size < atOnceMax) {
    const due = await db().webhookDelivery.findMany({
      where: { ...isDue(), endpointId: { notIn: busyEndpoints(sender) } },
      orderBy: { nextAt: "asc" },
      take: atOnceMax,
      select: { id: true, endpointId: true },
    });
    let started = 0;
    for (const { id, endpointId } of due) {
      if (sender.running.size >= atOnceMax || isBusy(sender, endpointId)) continue;
      if (!(await claim(sender, id))) continue;
      started += 1;
      sender.running.set(id, endpointId);
      void work(sender, id);
    }
    if (started === 0) return;
  }
}

const countRunning = (sender: Sender, endpointId: string): number =>
  [...sender.running.values()].filter((id) => id === endpointId).length;
const isBusy = (sender: Sender, endpointId: string): boolean =>
  countRunning(sender, endpointId) >= perEndpointMax;
const busyEndpoints = (sender: Sender): string[] =>
  [...new Set(sender.running.values())].filter((id) => isBusy(sender, id));

function isDue(): Prisma.WebhookDeliveryWhereInput {
  const at = now();
  return {
    state: "waiting",
    nextAt: { lte: at },
    OR: [{ claimedUntil: null }, { claimedUntil: { lte: at } }],
  };
}

/** Of several processes one gets it. */
async function claim(sender: Sender, id: string): Promise<boolean> {
  const { count } = await db().webhookDelivery.updateMany({
    where: { id, ...isDue() },
    data: { claim: sender.claim, claimedUntil: new Date(now().getTime() + claimMs) },
  });
  return count === 1;
}

async function work(sender: Sender, id: string): Promise<void> {
  try {
    await attempt(sender, id);
  } catch (error) {
    if (!sender.stop.signal.aborted) log().warn({ err: error, delivery: id }, "a webhook could not be sent");
    // Whatever happened is over when the claim is: it comes up again then, or at once after a shutdown.
    await db()
      .webhookDelivery.updateMany({
        where: { id, claim: sender.claim, state: "waiting" },
        data: { claimedUntil: new Date(now().getTime() + (sender.stop.signal.aborted ? 0 : minuteMs)) },
      })
      .catch(() => {});
  } finally {
    sender.running.delete(id);
    if (!sender.stop.signal.aborted) void look(sender);
  }
}

async function attempt(sender: Sender, id: string): Promise<void> {
  const delivery = await db().webhookDelivery.findUnique({ where: { id }, include: { endpoint: true } });
  if (!delivery) return;
  const { endpoint } = delivery;
  const owner = await db().user.findUnique({ where: { id: endpoint.userId } });
  if (endpoint.disabledAt || !owner || owner.disabledAt || owner.deletedAt)
    return settle(sender, delivery, { state: "failed", lastError: "The webhook was switched off." });
  const outcome = await postMessage({
    id,
    url: endpoint.url,
    body: delivery.body,
    secrets: secretsOf(endpoint),
    signal: sender.stop.signal,
  });
  await note(sender, delivery, outcome);
}

/** During a roll the old one signs as well. */
function secretsOf({ secretSealed, previousSealed, previousUntil }: Webhook): string[] {
  const isOverlapping = previousSealed !== null && previousUntil !== null && previousUntil > now();
  return [secretSealed, ...(isOverlapping ? [previousSealed] : [])].map(unsealSecret);
}

async function note(sender: Sender, delivery: Delivery, outcome: Outcome): Promise<void> {
  const attempts = delivery.attempts + 1;
  const seen = { attempts, lastStatus: outcome.status, lastError: outcome.error };
  if (outcome.isDelivered)
    return settle(sender, delivery, { ...seen, state: "delivered", deliveredAt: now() });
  const pauseMs = outcome.isGone ? null : pauseAfter(attempts, outcome.askedMs, Math.random());
  if (pauseMs !== null)
    return settle(sender, delivery, { ...seen, nextAt: new Date(now().getTime() + pauseMs) });
  await settle(sender, delivery, { ...seen, state: "failed" });
  await disable(
    delivery.endpointId,
    outcome.isGone
      ? "It answered 410: it is gone."
      : `A message failed ${attemptsMax} times. The last time: ${outcome.error}`,
  );
}

async function settle(
  { claim: own }: Sender,
  { id }: Delivery,
  data: Prisma.WebhookDeliveryUpdateManyMutationInput,
): Promise<void> {
  await db().webhookDelivery.updateMany({
    where: { id, claim: own },
    data: { ...data, claim: null, claimedUntil: null },
  });
}

/** Its owner finds the reason beside it, and an alert in the app: see `lib/alerts/watch`. */
async function disable(id: string, reason: string): Promise<void> {
  await db().webhookEndpoint.updateMany({
    where: { id, disabledAt: null },
    data: { disabledAt: now(), disabledReason: reason },
  });
}
