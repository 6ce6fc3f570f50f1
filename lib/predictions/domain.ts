import { costOf, type Prices } from "../core/money";
import type { LiveModel, LiveVersion } from "../models/domain/live-model";
import type { Amount } from "../usage/domain";

/** A call as the history knows it; the bodies as the JSON text that is stored. */
export type PredictionRow = {
  id: string;
  userId: string;
  keyId: string | null;
  modelId: string;
  version: number;
  status: "succeeded" | "failed";
  code: string | null;
  rows: number;
  input: string | null;
  output: string | null;
  inputHash: string | null;
  outputHash: string | null;
  requestId: string;
  queueMs: number;
  predictMs: number;
  createdAt: Date;
  expiresAt: Date;
};

/** Of a longer body only its fingerprint is kept: the history is for looking back, not a store of data. */
export const bodyLengthMax = 64 * 1024;

export type KeptBody = { text: string | null; hash: string | null };

/** What is stored of a body: itself, or a fingerprint of its JSON that is of no use without the install's secret. */
export function keptBody(body: unknown, isKept: boolean, hashOf: (text: string) => string): KeptBody {
  if (body === null || body === undefined) return { text: null, hash: null };
  const text = JSON.stringify(body);
  return isKept && text.length <= bodyLengthMax ? { text, hash: null } : { text: null, hash: hashOf(text) };
}

/** What a call is priced by before it runs. */
export type Priced = {
  model: Pick<LiveModel, "timeoutMs">;
  version: Pick<LiveVersion, "upstream">;
  /** As the caller sent it. */
  input: unknown;
  rows: number;
  prices: Prices;
};

/** Of an upstream that was given no limit: more than most of them answer by themselves. */
const answerTokensMax = 4_096;
/** What the frame around a message adds. */
const frameTokens = 32;

const bytesOf = (text: string): number => new TextEncoder().encode(text).length;

const isChat = ({ upstream }: Priced["version"]): boolean => upstream?.preset === "chat";

/** A token is never shorter than a byte. */
function tokensMaxOf({ version: { upstream }, input, rows }: Priced): number {
  const answer = (upstream?.tokensMax ?? answerTokensMax) + frameTokens;
  return bytesOf(JSON.stringify(input)) + rows * (bytesOf(upstream?.systemPrompt ?? "") + answer);
}

/** The most that a call can come to: reserved before it runs, and never is more than that charged. */
export function boundOf(call: Priced): Amount {
  const { model, version, rows, prices } = call;
  const tokens = prices.perToken > 0 && isChat(version) ? tokensMaxOf(call) : 0;
  return { units: rows, cost: costOf(prices, { rows, ms: model.timeoutMs, tokens }) };
}

/**
 * What it comes to if it takes as long as the model usually does; null: it hangs on a time or on tokens that nobody
 * knows before.
 */
export function usualCost({ version, rows, prices }: Priced, usualMs: number | null): number | null {
  if (prices.perToken > 0 && isChat(version)) return null;
  if (prices.perMs > 0 && usualMs === null) return null;
  return costOf(prices, { rows, ms: usualMs ?? 0, tokens: 0 });
}
