import { dayMs } from "../core/time";

export { type UnusualStep, unusualSteps } from "../keys/domain";

/** What people are told of. */
export const alertKinds = [
  "quota.near",
  "errors.many",
  "model.slow",
  "key.unusual",
  "webhook.disabled",
  "audit.broken",
  "disk.nearly_full",
] as const;
export type AlertKind = (typeof alertKinds)[number];
export const alertLevels = ["info", "warning", "danger"] as const;
export type AlertLevel = (typeof alertLevels)[number];
/** What happens by itself when a key is used unlike before; `notify` is no step. */
export type TakenStep = "slow" | "freeze";

/** The numbers and names in the sentences of each kind; see `words.ts`. */
export type AlertFacts = {
  "quota.near": {
    limit: "units" | "month_budget" | "day_budget";
    percent: number;
    used: number;
    of: number;
    /** The month or day it is about, and what money is counted in. */
    period: string;
    currency: string;
  };
  "errors.many": { model: string; calls: number; failures: number; own: boolean };
  "model.slow": { model: string; calls: number; p95: number; usual: number };
  "key.unusual": { key: string } & (
    | { reason: "rate"; calls: number; usual: number }
    | { reason: "errors"; calls: number; failures: number; usualPercent: number }
    | { reason: "place"; place: string }
  );
  "webhook.disabled": { url: string; why: string };
  "audit.broken": { position: number; why: string };
  "disk.nearly_full": { folder: string; freePercent: number; freeBytes: number };
};

/** One alert of any kind with its own facts. */
export type AlertMatter = { [K in AlertKind]: { kind: K; facts: AlertFacts[K] } }[AlertKind];

export type NewAlert = AlertMatter & {
  /** What happened, in one text: the same key never alerts twice. */
  key: string;
  /** Null: for all administrators. */
  userId: string | null;
  level: AlertLevel;
  object?: { type: "user" | "key" | "model" | "webhook" | "audit" | "install"; id: string | null };
  step?: TakenStep;
};

export const alertsKeptDays = 180;
/** What could not be told for a day is no news any more; the app shows it all the same. */
export const newsMs = dayMs;

/** The steps at which somebody hears how much of a limit is used. */
export const capSteps = [100, 90, 75] as const;

/** The highest step that was reached; null: there is plenty left. Whole numbers, since billionths are many. */
export function capStep(used: number, limit: number): number | null {
  if (limit <= 0) return null;
  const [hundredfold, whole] = [BigInt(used) * 100n, BigInt(limit)];
  return capSteps.find((percent) => hundredfold >= whole * BigInt(percent)) ?? null;
}
