import { type ChainPlace, chainStart, verifyAuditPart } from "../../audit/queries";
import { hourMs } from "../../core/time";
import { nowMs } from "../../infra/clock";
import { singleton } from "../../infra/singleton";
import { raiseAlert } from "../commands/raise-alert";

const partsAtOnce = 10;

type Round = { startedAt: number; place: ChainPlace | null };

/** Goes through the whole log again and again, some thousand events a minute, and at most once an hour. */
export async function lookAtAudit(): Promise<void> {
  const round = singleton<Round>("watch-audit", () => ({ startedAt: Number.NEGATIVE_INFINITY, place: null }));
  if (round.place === null) {
    if (Math.abs(nowMs() - round.startedAt) < hourMs) return;
    Object.assign(round, { startedAt: nowMs(), place: chainStart });
  }
  for (let part = 0; part < partsAtOnce && round.place; part += 1) {
    const { broken, next } = await verifyAuditPart(round.place);
    round.place = next;
    if (!broken) continue;
    await raiseAlert({
      key: `audit.broken:${broken.position}`,
      userId: null,
      kind: "audit.broken",
      level: "danger",
      facts: { position: broken.position, why: broken.reason },
      object: { type: "audit", id: null },
    });
  }
}
