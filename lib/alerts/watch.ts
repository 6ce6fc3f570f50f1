import { minuteMs } from "../core/time";
import { log } from "../infra/log";
import { singleton, takeSingleton } from "../infra/singleton";
import { liveModels } from "../models/queries";
import { currentSettings } from "../settings/queries";
import { tellAlerts } from "./tell";
import { lookAtAudit } from "./watch/audit-chain";
import { lookAtDisk } from "./watch/disk";
import { lookAtErrors } from "./watch/many-errors";
import { lookAtCaps } from "./watch/near-caps";
import { lookAtPlaces } from "./watch/new-places";
import { type Recent, recentCalls } from "./watch/recent-calls";
import { lookAtSpeed } from "./watch/slow-models";
import { lookAtKeys } from "./watch/unusual-keys";
import { lookAtWebhooks } from "./watch/webhooks";

type Watch = { timer: NodeJS.Timeout; looking: Promise<void> | null };

/** Looks once a minute. Several processes do so beside each other: the keys of alerts make each of them one. */
export function startWatch(): void {
  const watch = singleton<Watch>("alert-watch", () => ({
    timer: setInterval(() => {
      watch.looking ??= look().finally(() => {
        watch.looking = null;
      });
    }, minuteMs).unref(),
    looking: null,
  }));
}

export async function stopWatch(): Promise<void> {
  const watch = takeSingleton<Watch>("alert-watch");
  clearInterval(watch?.timer);
  await watch?.looking;
}

/** One round: everything that alerts come from, then whoever was not told of one yet. */
export async function look(): Promise<void> {
  await quietly("caps", lookAtCaps);
  await quietly("calls", lookAtCalls);
  await quietly("places", lookAtPlaces);
  await quietly("webhooks", lookAtWebhooks);
  await quietly("audit log", lookAtAudit);
  await quietly("disk", async () => lookAtDisk((await currentSettings()).alert_disk_free_percent));
  await quietly("telling", tellAlerts);
}

async function lookAtCalls(): Promise<void> {
  const recent: Recent[] = await recentCalls();
  if (recent.length === 0) return;
  const { alert_error_percent: errorPercent, alert_slow_percent: slowPercent } = await currentSettings();
  const names = new Map([...(await liveModels()).values()].map(({ id, name }) => [id, name]));
  await lookAtErrors(recent, names, errorPercent);
  await lookAtSpeed(recent, names, slowPercent);
  await lookAtKeys(recent, errorPercent);
}

/** What cannot be looked at now is looked at in a minute; the others do not wait for it. */
async function quietly(what: string, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    log().warn({ err: error, what }, "the watch could not look; it tries again in a minute");
  }
}
