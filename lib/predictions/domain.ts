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
