import { newId } from "../../core/ids";
import { dayMs, hourMs } from "../../core/time";
import { writeAside } from "../../infra/db/aside";
import { countCalls } from "../../usage/counters";
import type { CallRecord } from "../../usage/domain";
import { callStatements } from "../../usage/ledger";

export type Caller = {
  userId: string;
  keyIds: string[];
  since: number;
  callsPerDay: number;
  /** In billionths of the currency. */
  pricePerRow: number;
};

type Model = { id: string; versions: readonly { number: number; since: number }[] };

/** The same numbers at every start: somebody who was shown something finds it again. */
function dice(): () => number {
  let state = 20_261_121;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
}

/** Mornings and afternoons of working days. */
const busyHours = [7, 8, 8, 9, 9, 9, 10, 10, 11, 13, 13, 14, 14, 14, 15, 15, 16, 17, 19, 21];
const atOnce = 1_000;
const expensePerRow = 20_000;
const failures = ["model.timed_out", "model.busy", "model.failed"];

/** Weeks of calls, written by the statements that real ones are written by, and then counted like them. */
export async function liveCalls(callers: readonly Caller[], model: Model, nowMs: number): Promise<number> {
  const roll = dice();
  const calls = callers
    .flatMap((caller) => callsOf(caller, model, nowMs, roll))
    .sort((one, other) => one.at - other.at);
  for (let start = 0; start < calls.length; start += atOnce) {
    const step = calls.slice(start, start + atOnce);
    await writeAside(await callStatements(step.map((record) => ({ record, hold: null }))));
  }
  await countCalls();
  return calls.length;
}

function callsOf(caller: Caller, model: Model, nowMs: number, roll: () => number): CallRecord[] {
  const calls: CallRecord[] = [];
  const today = Math.floor(nowMs / dayMs) * dayMs;
  for (let ago = caller.since; ago >= 0; ago -= 1) {
    const day = today - ago * dayMs;
    const isWeekend = [0, 6].includes(new Date(day).getUTCDay());
    const grown = 0.6 + 0.8 * (1 - ago / Math.max(caller.since, 1));
    const count = Math.round(caller.callsPerDay * grown * (isWeekend ? 0.25 : 1) * (0.75 + roll() / 2));
    for (let index = 0; index < count; index += 1) {
      const hour = busyHours[Math.floor(roll() * busyHours.length)] ?? 12;
      const at = Math.floor(day + hour * hourMs + roll() * hourMs);
      if (at < nowMs) calls.push(callAt(at, ago, caller, model, roll));
    }
  }
  return calls;
}

function callAt(at: number, ago: number, caller: Caller, model: Model, roll: () => number): CallRecord {
  const { userId, keyIds, pricePerRow } = caller;
  // One bad afternoon, ten days ago, to look at.
  const isBad = ago === 10 && new Date(at).getUTCHours() >= 13;
  const code =
    roll() < (isBad ? 0.3 : 0.012) ? (failures[Math.floor(roll() * failures.length)] ?? null) : null;
  const rows = roll() < 0.8 ? 1 : 1 + Math.floor(roll() * 20);
  const choices = model.versions.filter(({ since }) => since >= ago);
  const version = roll() < 0.25 ? choices.at(-1) : choices[0];
  const cost = code === null ? rows * pricePerRow : 0;
  return {
    id: newId("prd"),
    userId,
    // Some try things out in the browser, without a key.
    keyId: roll() < 0.1 ? null : (keyIds[Math.floor(roll() ** 2 * keyIds.length)] ?? null),
    modelId: model.id,
    version: version?.number ?? 1,
    at,
    code,
    rows,
    units: code === null ? rows : 0,
    cost,
    expense: rows * expensePerRow,
    tokens: 0,
    queueMs: roll() * (isBad ? 400 : 2),
    workMs: 1.5 + rows * 0.2 + roll() ** 6 * (isBad ? 900 : 60),
  };
}
