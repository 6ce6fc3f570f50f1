import { dayMs } from "../../core/time";
import { now } from "../../infra/clock";
import { listFailedWebhooks } from "../../webhooks/queries";
import { raiseAlert } from "../commands/raise-alert";

/** Webhooks that were switched off by themselves: their owners hear of it another way. */
export async function lookAtWebhooks(): Promise<void> {
  const failed = await listFailedWebhooks(new Date(now().getTime() - dayMs));
  for (const { id, userId, url, disabledAt, disabledReason } of failed)
    await raiseAlert({
      key: `webhook.disabled:${id}:${disabledAt?.toISOString()}`,
      userId,
      kind: "webhook.disabled",
      level: "warning",
      facts: { url, why: disabledReason ?? "" },
      object: { type: "webhook", id },
    });
}
