/** What people are told of. */
export const alertKinds = [
  "quota.near",
  "errors.many",
  "model.slow",
  "key.unusual",
  "audit.broken",
  "disk.nearly_full",
] as const;
export type AlertKind = (typeof alertKinds)[number];
export const alertLevels = ["info", "warning", "danger"] as const;
/** What happens by itself when a key is used unlike before. */
export const unusualSteps = ["notify", "slow", "freeze"] as const;
export type UnusualStep = (typeof unusualSteps)[number];
