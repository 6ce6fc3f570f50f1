import { nowMs } from "../../infra/clock";
import { env } from "../../infra/env";
import { dayOf, monthOf } from "../../usage/domain";
import { findNearCaps } from "../../usage/queries/near-cap";
import { raiseAlert } from "../commands/raise-alert";
import { type AlertFacts, capStep, capSteps } from "../domain";

/** Who has used three quarters of a limit or more: told at each step, once a month, or once a day. */
export async function lookAtCaps(): Promise<void> {
  const at = nowMs();
  for (const { id, limit_name, used, most } of await findNearCaps(Math.min(...capSteps), at)) {
    const limit = limit_name === "month_units" ? "units" : limit_name;
    const period = limit === "day_budget" ? dayOf(at) : monthOf(at);
    await raiseIfNear(id, { limit, used, of: most, period });
  }
}

type Use = Omit<AlertFacts["quota.near"], "percent" | "currency">;

async function raiseIfNear(userId: string, use: Use): Promise<void> {
  const percent = capStep(use.used, use.of);
  if (percent === null) return;
  await raiseAlert({
    key: `quota.near:${userId}:${use.limit}:${use.period}:${percent}`,
    userId,
    kind: "quota.near",
    level: percent === 100 ? "danger" : percent === 90 ? "warning" : "info",
    facts: { ...use, percent, currency: env().currency },
    object: { type: "user", id: userId },
  });
}
