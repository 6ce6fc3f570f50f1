import { costOf, type Prices, type Work } from "../core/money";
import { secondMs } from "../core/time";

export const taskStates = ["queued", "running", "cancelling", "succeeded", "failed", "cancelled"] as const;
export type TaskState = (typeof taskStates)[number];

/** Nothing more happens to it by itself. */
export const isOver = (state: TaskState): boolean =>
  state === "succeeded" || state === "failed" || state === "cancelled";

/** Of the rows of a task, so many are run, recorded and paid together. */
export const pieceRowsMax = 100;
/** Also of a slow model: each piece is a transaction. */
const pieceRowsMin = 10;
/** Of their JSON: a piece is in memory as a whole, and written in one statement. */
export const pieceLengthMax = 256 * 1024;
/** How long the rows of a piece may take, where the speed of the model is known: cancelling waits for them. */
const pieceMs = 5 * secondMs;
/** For a service behind the model whose speed is not known. */
const slowRowMs = 250;

/** How many rows make a piece of a model that takes so long for one of them. */
export function rowsPerPiece(msPerRow: number | null, isUpstream: boolean): number {
  const rowMs = msPerRow ?? (isUpstream ? slowRowMs : 0);
  return rowMs === 0
    ? pieceRowsMax
    : Math.min(pieceRowsMax, Math.max(pieceRowsMin, Math.floor(pieceMs / rowMs)));
}

type Progress = {
  state: TaskState;
  rows: number;
  rowsDone: number;
  rowsFailed: number;
  startedAt: Date | null;
  endedAt: Date | null;
};

/** Over all the time it has been at work: the next rows will not come faster than those before them. */
export function speedOf({ state, rows, rowsDone, rowsFailed, startedAt, endedAt }: Progress, at: Date) {
  const tried = rowsDone + rowsFailed;
  const ms = startedAt === null ? 0 : (endedAt ?? at).getTime() - startedAt.getTime();
  if (ms <= 0 || tried === 0) return { rowsPerSecond: null, secondsLeft: null };
  const rowsPerSecond = (tried / ms) * secondMs;
  const isGoingOn = state === "running" || state === "queued";
  return { rowsPerSecond, secondsLeft: isGoingOn ? (rows - tried) / rowsPerSecond : null };
}

/** What was agreed when a task was made, and holds until it is over. */
export type TaskTerms = {
  prices: Prices;
  /** The most that is charged of a piece: its milliseconds, and the tokens of a row. */
  msMax: number;
  tokensMax: number;
};

/** Nothing that one piece costs is more than this. */
export const pieceCostMax = ({ prices, msMax, tokensMax }: TaskTerms, rows: number): number =>
  costOf(prices, { rows, ms: msMax, tokens: tokensMax * rows });

type Costs = { timeoutMs: number; rowsMax: number; pieceRows: number; tokensMax: number };

/** Milliseconds as for calls of as many rows as the model takes at once. */
export const termsOf = (prices: Prices, { timeoutMs, rowsMax, pieceRows, tokensMax }: Costs): TaskTerms => ({
  prices,
  msMax: timeoutMs * Math.ceil(pieceRows / rowsMax),
  tokensMax,
});

/** As for calls: see `lib/predictions/domain.ts`. */
const answerTokensMax = 4_096;
const frameTokens = 32;

/** A token is never shorter than a byte. */
export const tokensOfRow = (bytes: number, promptBytes: number, tokensMax: number | null): number =>
  bytes + promptBytes + (tokensMax ?? answerTokensMax) + frameTokens;

/** What one piece costs: never more than what was agreed. */
export const pieceCost = (terms: TaskTerms, work: Work): number =>
  Math.min(costOf(terms.prices, work), pieceCostMax(terms, work.rows));
