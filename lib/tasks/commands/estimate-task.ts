import type { UserActor } from "../../core/actor";
import { asMoney } from "../../core/money";
import { secondMs } from "../../core/time";
import { nowMs } from "../../infra/clock";
import { env } from "../../infra/env";
import { currentSettings } from "../../settings/queries";
import { readStanding } from "../../usage/queries/limits-left";
import { refusalOf as quotaRefusalOf } from "../../usage/refusal";
import { pieceCost } from "../domain";
import type { TaskEstimate } from "../schema";
import { expectedRowMs, measuredSpeed } from "./model-speed";
import { type Prepared, prepareTask, type Rows, type Wanted } from "./prepare-task";
import { tooMany } from "./take-place";

/** What would become of a task: the faults of its rows, or its price, how long it may take, and whether it may be. */
export async function estimateTask(actor: UserActor, wanted: Wanted, rows: Rows): Promise<TaskEstimate> {
  const prepared = await prepareTask(actor, wanted, rows);
  const { model, version, gathered, ask } = prepared;
  const rowMs = await expectedRowMs(model.id);
  const refusal = await refusalOf(actor, prepared);
  return {
    model: model.name,
    version: version.number,
    rows: gathered.rows,
    faults: gathered.faults,
    rows_faulty: gathered.rowsFaulty,
    units: gathered.rows,
    cost: asMoney(likelyCost(prepared)),
    cost_max: asMoney(ask.cost),
    currency: env().currency,
    seconds: rowMs === null ? null : Math.ceil(((rowMs * gathered.rows) / secondMs) * 10) / 10,
    would_pass: refusal === null,
    reason: refusal,
  };
}

/** By the speed that was measured; of tokens nobody knows beforehand, so the most is shown. */
function likelyCost({ model, gathered, terms }: Prepared): number {
  const rowMs = measuredSpeed(model.id);
  return gathered.sizes.reduce((sum, rows) => {
    const ms = rowMs === null ? terms.msMax : rowMs * rows;
    return sum + pieceCost(terms, { rows, ms, tokens: terms.tokensMax * rows });
  }, 0);
}

async function refusalOf(
  actor: UserActor,
  { gathered, bounds, ask }: Prepared,
): Promise<TaskEstimate["reason"]> {
  if (gathered.rowsFaulty > 0) return { code: "task.rows_invalid", detail: "Some rows are not valid." };
  const at = nowMs();
  const { tasks_per_user_max } = await currentSettings();
  const refusal =
    (await tooMany(actor.user.id, tasks_per_user_max)) ??
    quotaRefusalOf(await readStanding(actor.user.id, at), bounds, ask, { at, currency: env().currency });
  return refusal && { code: refusal.code, detail: refusal.message };
}
