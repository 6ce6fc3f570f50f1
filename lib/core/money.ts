/** All money is counted in billionths of the install's currency: whole numbers, so that sums are exact. */
export const nanosPerUnit = 1_000_000_000;
export const asMoney = (nanos: number): number => nanos / nanosPerUnit;
export const asNanos = (money: number): number => Math.round(money * nanosPerUnit);

/** What each call, row, millisecond of work and token costs. */
export type Prices = { perCall: number; perRow: number; perMs: number; perToken: number };
/** What somebody may use; null: as much as they like. A unit is one predicted row. */
export type Bounds = {
  unitsPerMonth: number | null;
  budgetPerMonth: number | null;
  budgetPerDay: number | null;
};
/** What a plan says about usage. */
export type Terms = { prices: Prices; bounds: Bounds };

/** What a call is measured by. */
export type Work = { rows: number; ms: number; tokens: number };

/** Milliseconds are charged as far as they are whole. */
export const costOf = (prices: Prices, { rows, ms, tokens }: Work): number =>
  prices.perCall + prices.perRow * rows + prices.perMs * Math.floor(ms) + prices.perToken * tokens;

export const isBounded = ({ unitsPerMonth, budgetPerMonth, budgetPerDay }: Bounds): boolean =>
  unitsPerMonth !== null || budgetPerMonth !== null || budgetPerDay !== null;
