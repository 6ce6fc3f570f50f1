import { type Actor, requireAdmin, type UserActor } from "../../core/actor";
import { invalid } from "../../core/errors";
import { decodeCursor, decodeCursorTime, type Page, toPage } from "../../core/page";
import { dayMs } from "../../core/time";
import { nowMs } from "../../infra/clock";
import { currentSettings } from "../../settings/queries";
import { type CallRow, dayOf, grainStart } from "../domain";
import type { AdminCallsQuery, CallsQuery } from "../schema";
import { type CallFilter, type CallPlace, readCalls } from "./read-calls";
import { type Range, rangeOf } from "./report-range";
import { seeLastCalls } from "./see-last-calls";

/** One's own calls, newest first; a key sees those of its owner. */
export async function listCalls(actor: UserActor, query: CallsQuery): Promise<Page<CallRow>> {
  return pageOfCalls({ ...filterOf(query), userId: actor.user.id }, query);
}

/** Everybody's calls. */
export async function listAllCalls(actor: Actor, query: AdminCallsQuery): Promise<Page<CallRow>> {
  requireAdmin(actor);
  return pageOfCalls({ ...filterOf(query), userId: query.user }, query);
}

/** All of one's own calls in a range, oldest first, in bounded pieces. */
export async function exportCalls(actor: UserActor, query: CallsQuery): Promise<AsyncGenerator<CallRow[]>> {
  return piecesOf({ ...filterOf(query), userId: actor.user.id }, query);
}

export async function exportAllCalls(
  actor: Actor,
  query: AdminCallsQuery,
): Promise<AsyncGenerator<CallRow[]>> {
  requireAdmin(actor);
  return piecesOf({ ...filterOf(query), userId: query.user }, query);
}

const filterOf = ({ key, model, outcome }: CallsQuery): CallFilter => ({
  keyId: key === "none" ? "" : key,
  model,
  outcome,
});

async function pageOfCalls(filter: CallFilter, query: CallsQuery): Promise<Page<CallRow>> {
  if (query.after !== undefined)
    throw invalid("/after", "Only downloads go on after a call.", "Use cursor, or ask for text/csv.");
  const range = await keptRange(query);
  const after = query.cursor === undefined ? null : placeOfCursor(query.cursor);
  await seeLastCalls();
  const rows = await readCalls(filter, range, "newest first", after, query.limit + 1);
  return toPage(rows, query.limit, ({ at, id }) => ({ value: new Date(at).toISOString(), id }));
}

function placeOfCursor(cursor: string): CallPlace {
  const { value, id } = decodeCursor(cursor);
  return { at: decodeCursorTime(value).getTime(), id };
}

const pieceRows = 1_000;

/** What can be wrong with the question is said before the first piece is sent. */
async function piecesOf(filter: CallFilter, query: CallsQuery): Promise<AsyncGenerator<CallRow[]>> {
  const range = await keptRange(query);
  const after = query.after === undefined ? null : placeOf(query.after);
  await seeLastCalls();
  return readPieces(filter, range, after);
}

async function* readPieces(
  filter: CallFilter,
  range: Range,
  start: CallPlace | null,
): AsyncGenerator<CallRow[]> {
  for (let after = start; ; ) {
    const rows = await readCalls(filter, range, "oldest first", after, pieceRows);
    if (rows.length > 0) yield rows;
    const last = rows.at(-1);
    if (rows.length < pieceRows || !last) return;
    after = { at: last.at, id: last.id };
  }
}

/** As the last complete line of a download that broke off names it. */
function placeOf(text: string): CallPlace {
  const [time = "", id = ""] = text.split(",");
  return { at: decodeCursorTime(time).getTime(), id: id.slice(id.indexOf("_") + 1) };
}

const daysMax = 366;

/** Kept days are a promise: what is older is not shown, whether it has been deleted yet or not. */
async function keptRange({ from, to }: CallsQuery): Promise<Range> {
  const kept = (await currentSettings()).calls_kept_days;
  const today = grainStart("day", nowMs());
  const last = to === undefined ? today : Date.parse(`${to}T00:00:00Z`);
  const days = Math.min(kept, daysMax - 1);
  const range = rangeOf({ from: from ?? earlier(last, days), to });
  return { from: Math.max(range.from, today - kept * dayMs), to: range.to };
}

/** Of a day that cannot be right nothing is worked out: `rangeOf` says so. */
const earlier = (last: number, days: number): string | undefined =>
  last > daysMax * dayMs ? dayOf(last - days * dayMs) : undefined;
