import { AppError } from "../core/errors";
import { type Bounds, isBounded } from "../core/money";
import { secondMs } from "../core/time";
import { nowMs } from "../infra/clock";
import { readAside, type Statement, type Write, writeAside } from "../infra/db/aside";
import { Prisma } from "../infra/db/generated/sqlite/client";
import { wholeParameter } from "../infra/db/json-rows";
import { env } from "../infra/env";
import { log } from "../infra/log";
import { singleton } from "../infra/singleton";
import {
  askStatements,
  changeStatement,
  giveBackExpired,
  giveBackHold,
  giveBackParts,
  needHolds,
  takeHead,
} from "./accounts";
import { callStatement, changesOf, charged, type Ended } from "./call-rows";
import { countCalls, countSoon, stopCounting } from "./counters";
import type { Amount, CallRecord, Hold } from "./domain";
import { Pipeline } from "./pipeline";
import { readStanding } from "./queries/limits-left";
import { refusalOf } from "./refusal";
import { subjectsOf } from "./subjects";

/** What the product asks the ledger; a bench puts one that does nothing in its place. */
export type Ledger = Pick<Pipeline, "reserve" | "record" | "release" | "written" | "flush" | "settle">;
const ledger = () => singleton<Ledger>("ledger", () => new Pipeline());

/**
 * Holds what a call may cost at most, or refuses it with the numbers; null where nothing bounds the user. One
 * conditional statement decides, so nothing is ever overspent. Whoever dies with a hold loses it after `ttlMs`.
 */
export function reserve(userId: string, bounds: Bounds, ask: Amount, ttlMs: number): Promise<Hold | null> {
  return isBounded(bounds) ? ledger().reserve(userId, bounds, ask, ttlMs) : Promise.resolve(null);
}

/**
 * Records a call for good and settles its hold; committed when this ends. A failure costs nothing. Of somebody
 * without bounds the account grows when the call is counted, so that another plan begins with true numbers.
 */
export const recordCall = (record: CallRecord, hold: Hold | null): Promise<void> =>
  ledger().record({ record, hold });

/** The call did not take place: what it held is free again. */
export const release = (hold: Hold): Promise<void> => ledger().release(hold);

/** Every call that ended by now is in the database, and the counters have followed. */
export async function countLastCalls(): Promise<void> {
  await ledger().written();
  await countCalls();
}

/** Nothing is on its way any more: everything is recorded and counted, and nothing is held for calls that may come. */
export async function flushUsage(): Promise<void> {
  await ledger().flush();
  await ledger().settle("all");
  await countCalls();
}

/**
 * The same as `recordCall` for a transaction of one's own, whose first statements these have to be. A hold is the part
 * of a shared one (by its id) that the call had: it gets smaller by that. Changes nothing unless the hold is there.
 */
export async function callStatements(entries: readonly Ended[]): Promise<Write[]> {
  const ended = entries.map((entry) => ({ record: charged(entry), hold: entry.hold }));
  const records = ended.map(({ record }) => record);
  const parts = ended.flatMap(({ hold }) => hold ?? []);
  const changes = changesOf(
    ended.map(({ record, hold }) => ({ record, hold: hold && { ...hold, units: 0, cost: 0 } })),
  );
  const subjects = await subjectsOf(records);
  return [
    takeHead(records.length),
    ...(parts.length > 0
      ? [needHolds([...new Set(parts.map(({ id }) => id))]), ...giveBackParts(parts)]
      : []),
    callStatement(ended, subjects),
    ...(changes.length > 0 ? [changeStatement(changes)] : []),
  ];
}

/** A hold for a transaction of one's own, which is undone when it does not fit: see `quotaRefusal`. */
export function holdStatements(
  hold: Hold,
  bounds: Bounds,
  expiresAtMs: number,
  taskId: string | null,
): Statement[] {
  const [admit, keep] = askStatements([{ hold, bounds, expiresAt: expiresAtMs, taskId }]);
  return [takeHead(0), ...giveBackExpired(nowMs()), { ...admit, isRequired: true }, keep];
}

/** Gives back whatever the hold still holds, if it is there. */
export const releaseStatements = ({ id }: Pick<Hold, "id">): Statement[] => [
  takeHead(0),
  ...giveBackHold(id),
];

/** Why it did not fit. When it would by now: that somebody else was in the way a moment ago. */
export async function quotaRefusal(userId: string, bounds: Bounds, ask: Amount): Promise<AppError> {
  const about = { at: nowMs(), currency: env().currency };
  return (
    refusalOf(await readStanding(userId, about.at), bounds, ask, about) ??
    new AppError("service.unavailable", {
      detail: "What was asked did not fit a moment ago and would now. Try again.",
      retryAfterSeconds: 1,
    })
  );
}

/** What crashed calls held and nobody asked for since. */
export async function giveBackExpiredHolds(): Promise<void> {
  const at = nowMs();
  const [expired] = await readAside(
    Prisma.sql`SELECT id FROM usage_reservations WHERE expires_at <= ${wholeParameter(at)} LIMIT 1`,
  );
  if (!expired) return;
  // What the calls of an expired lease used has to be in the account before.
  await countCalls();
  await writeAside([takeHead(0), ...giveBackExpired(at)]);
}

const expiredEveryMs = 15 * secondMs;
const sweeper = () =>
  singleton<{ timer: NodeJS.Timeout | undefined }>("usage-sweeper", () => ({ timer: undefined }));

/** With the server: what a process that died left behind is counted, and what it held comes back. */
export function startUsage(): void {
  countSoon();
  sweeper().timer ??= setInterval(
    () =>
      void giveBackExpiredHolds().catch((err: unknown) =>
        log().warn({ err }, "expired holds could not be given back; it is tried again"),
      ),
    expiredEveryMs,
  ).unref();
}

/** Everything is written when this ends; then the database may be closed. */
export async function stopUsage(): Promise<void> {
  clearInterval(sweeper().timer);
  sweeper().timer = undefined;
  await ledger().flush();
  await ledger().settle("all");
  await stopCounting();
}
