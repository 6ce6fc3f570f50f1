import { asMoney, asNanos, type Prices } from "../../core/money";
import type { CreateModel, Expenses } from "../schema";
import type { LiveModel } from "./live-model";

type Limits = CreateModel["limits"];
type LimitColumns = Pick<
  LiveModel,
  "timeoutMs" | "rowsMax" | "queueMax" | "runnersMax" | "memoryMax" | "isBatched"
>;

export const limitsData = (limits: Limits): LimitColumns => ({
  timeoutMs: limits.timeout_ms,
  rowsMax: limits.rows_max,
  queueMax: limits.queue_max,
  runnersMax: limits.runners_max,
  memoryMax: limits.memory_max_mb,
  isBatched: limits.is_batched,
});

export const limitsOf = (model: LimitColumns): Limits => ({
  timeout_ms: model.timeoutMs,
  rows_max: model.rowsMax,
  queue_max: model.queueMax,
  runners_max: model.runnersMax,
  memory_max_mb: model.memoryMax,
  is_batched: model.isBatched,
});

type ExpenseColumns = { expensePerCall: bigint; expensePerMs: bigint; expensePerToken: bigint };

/** As they are stored: exact, whatever was typed. */
export const expensesData = (expenses: Expenses): ExpenseColumns => ({
  expensePerCall: BigInt(asNanos(expenses.per_call)),
  expensePerMs: BigInt(asNanos(expenses.per_compute_ms)),
  expensePerToken: BigInt(asNanos(expenses.per_token)),
});

export const expensesOf = (model: ExpenseColumns): Prices => ({
  perCall: Number(model.expensePerCall),
  perRow: 0,
  perMs: Number(model.expensePerMs),
  perToken: Number(model.expensePerToken),
});

export const expensesView = ({ perCall, perMs, perToken }: Prices): Expenses => ({
  per_call: asMoney(perCall),
  per_compute_ms: asMoney(perMs),
  per_token: asMoney(perToken),
});

type Edits = Record<string, { before: unknown; after: unknown }>;

/** Before and after of each member that really changes, for the audit log. */
export const editsBetween = <T extends object>(before: T, after: T): Edits =>
  Object.fromEntries(
    Object.entries(after)
      .map(([member, value]) => [member, { before: before[member as keyof T], after: value }] as const)
      .filter(([, edit]) => JSON.stringify(edit.before) !== JSON.stringify(edit.after)),
  );
