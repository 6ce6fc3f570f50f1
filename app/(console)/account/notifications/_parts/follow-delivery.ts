import type { DeliveryView } from "@/lib/webhooks/schema";
import { findDelivery } from "./webhook-calls";

const everyMs = 700;
/** The receiver has 20 seconds, and the message may wait for its turn. */
const patienceMs = 40_000;

/** Looks at a message until it was tried once; the last look when patience is over or nobody waits any more. */
export async function followDelivery(
  webhookId: string,
  sent: DeliveryView,
  isWanted: () => boolean,
): Promise<DeliveryView> {
  const until = Date.now() + patienceMs;
  let seen = sent;
  while (seen.state === "waiting" && seen.attempts === 0 && Date.now() < until && isWanted()) {
    await new Promise((resolve) => setTimeout(resolve, everyMs));
    seen = (await findDelivery(webhookId, sent.id)) ?? seen;
  }
  return seen;
}
