import type { ModelRow } from "./model-words";

const daysText = (days: number): string => (days === 1 ? "one day" : `${days} days`);

/** What is kept of each call, in words for the person who makes it. */
export function keptText({ kind, days }: ModelRow["history"]): string {
  if (kind === "kept")
    return `Inputs and results are kept for ${daysText(days)} and then removed. You see your own under Predictions; whoever runs this install can read its database.`;
  if (kind === "hashed")
    return `Inputs and results are not kept. A fingerprint of each is, for ${daysText(days)}: it shows whether two calls were alike, and nothing of what was in them.`;
  return "Nothing: neither inputs nor results are written down, and calls do not appear under Predictions.";
}

/** Of a single body in the history. */
export const fingerprintText =
  "Only a fingerprint of it is kept, because the model keeps no more or it was too large. Equal fingerprints mean equal contents; nothing can be read out of one.";
