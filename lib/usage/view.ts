import { csvLine, csvTable } from "../core/csv";
import { asMoney } from "../core/money";
import { type CallRow, percentileOf, type Sums } from "./domain";
import type { AdminUsageView, UsageView } from "./schema";

/** A thousandth of a millisecond is more than the counters know. */
const rounded = (ms: number | null): number | null => (ms === null ? null : Math.round(ms * 1000) / 1000);

export function numbersView({ calls, failures, rows, units, cost, tokens, buckets }: Sums) {
  return {
    calls,
    failures,
    rows,
    units,
    cost: asMoney(cost),
    tokens,
    p50_ms: rounded(percentileOf(buckets, 0.5)),
    p95_ms: rounded(percentileOf(buckets, 0.95)),
    p99_ms: rounded(percentileOf(buckets, 0.99)),
  };
}

export const ownersNumbersView = (sums: Sums) => ({
  ...numbersView(sums),
  expense: asMoney(sums.expense),
  margin: asMoney(sums.cost - sums.expense),
});

export function callView(call: CallRow) {
  return {
    id: `prd_${call.id}`,
    at: new Date(call.at).toISOString(),
    user_id: call.userId,
    key_id: call.keyId || null,
    model: call.model,
    version: call.version,
    outcome: call.code === null ? ("succeeded" as const) : ("failed" as const),
    code: call.code,
    rows: call.rows,
    units: call.units,
    cost: asMoney(call.cost),
    tokens: call.tokens,
    queue_ms: call.queueUs / 1000,
    predict_ms: call.workUs / 1000,
  };
}

export type CallView = ReturnType<typeof callView>;

/** CloudEvents 1.0. The id is the prediction's, so whoever gets an event twice can tell. */
export function cloudEventView(call: CallView) {
  const { id, at, user_id, ...data } = call;
  return {
    specversion: "1.0",
    type: "prediction",
    id,
    source: `/models/${call.model}`,
    subject: user_id,
    time: at,
    datacontenttype: "application/json",
    data,
  };
}

type Grant = {
  id: string;
  month: string;
  units: number;
  note: string;
  createdAt: Date;
  createdByLabel: string;
};

export const grantView = ({ id, month, units, note, createdAt, createdByLabel }: Grant) => ({
  id,
  month,
  units,
  note,
  created_at: createdAt.toISOString(),
  created_by: createdByLabel,
});

/** The columns of the downloads, in this order for good: whoever reads them counts on it. */
const callColumns = [
  ...(["id", "at", "user_id", "key_id", "model", "version", "outcome", "code"] as const),
  ...(["rows", "units", "cost", "tokens", "queue_ms", "predict_ms"] as const),
];

/** Calls as CSV, piece by piece. */
async function* callsAsCsv(pieces: AsyncIterable<CallRow[]>): AsyncGenerator<string> {
  yield csvLine(callColumns);
  for await (const calls of pieces) {
    const views = calls.map(callView);
    yield views.map((view) => csvLine(callColumns.map((column) => view[column]))).join("");
  }
}

/** Calls as a batch of CloudEvents: one JSON list, piece by piece. */
async function* callsAsCloudEvents(pieces: AsyncIterable<CallRow[]>): AsyncGenerator<string> {
  let separator = "[";
  for await (const calls of pieces) {
    const events = calls.map((call) => JSON.stringify(cloudEventView(callView(call))));
    yield separator + events.join(",\n");
    separator = ",\n";
  }
  yield separator === "[" ? "[]" : "]";
}

export const callDownload = {
  "text/csv": {
    write: callsAsCsv,
    contentType: "text/csv; charset=utf-8",
    fileName: "adyton-calls.csv",
  },
  "application/cloudevents-batch+json": {
    write: callsAsCloudEvents,
    contentType: "application/cloudevents-batch+json; charset=utf-8",
    fileName: "adyton-calls.json",
  },
} as const;

const groupColumns = [
  ...(["group", "label", "calls", "failures", "rows", "units", "cost", "tokens"] as const),
  ...(["p50_ms", "p95_ms", "p99_ms"] as const),
];

/** The rows of a report; the total is left out, so that adding up a column is right. */
export const reportAsCsv = ({ items }: UsageView): string => csvTable(groupColumns, items);
export const adminReportAsCsv = ({ items }: AdminUsageView): string =>
  csvTable([...groupColumns, "expense", "margin"], items);
