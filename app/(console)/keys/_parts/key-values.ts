import { canonicalRange } from "@/lib/core/address-range";
import type { KeyScope } from "@/lib/core/scopes";
import { dayMs } from "@/lib/core/time";
import type { KeyBody, KeyRow } from "./key-calls";
import { presetOf, presets } from "./key-words";

/** Whose keys these are: what they can be given at most. */
export type KeyOwner = {
  scopes: readonly KeyScope[];
  plan: { name: string; limits: KeyRow["limits"] };
};

/** What is typed and chosen in the form: texts, as the browser has them. */
export type KeyValues = {
  name: string;
  preset: string;
  scopes: string[];
  expiry: string;
  unusual: string;
  models: string;
  cidrs: string;
  per_minute: string;
  per_hour: string;
  concurrency: string;
};

/** The end that the key has already. */
export const keepExpiry = "keep";

export const limitLabels = {
  per_minute: "Calls in a minute",
  per_hour: "Calls in an hour",
  concurrency: "Calls at once",
} as const;

export const limitNames = Object.keys(limitLabels) as (keyof typeof limitLabels)[];

/** The members of the API whose faults have a place in the form, by what its pointer starts with. */
export const fieldOfMember = {
  name: "name",
  scopes: "scopes",
  expires_at: "expiry",
  on_unusual_use: "unusual",
  models: "models",
  cidrs: "cidrs",
  "limits/per_minute": "per_minute",
  "limits/per_hour": "per_hour",
  "limits/concurrency": "concurrency",
} as const satisfies Record<string, keyof KeyValues>;

export const freshValues: KeyValues = {
  name: "",
  preset: presets[0]?.value ?? "",
  scopes: [...(presets[0]?.scopes ?? [])],
  expiry: "90",
  unusual: "notify",
  models: "",
  cidrs: "",
  per_minute: "",
  per_hour: "",
  concurrency: "",
};

const numberText = (value: number | null): string => (value === null ? "" : String(value));

/** The form for what is known already: the key itself, or the one that a new key takes after. */
export const valuesOf = (key: KeyRow, expiry: string): KeyValues => ({
  name: key.name,
  preset: presetOf(key.scopes),
  scopes: [...key.scopes],
  expiry,
  unusual: key.on_unusual_use,
  models: key.models?.join(", ") ?? "",
  cidrs: key.cidrs?.join(", ") ?? "",
  per_minute: numberText(key.limits.per_minute),
  per_hour: numberText(key.limits.per_hour),
  concurrency: numberText(key.limits.concurrency),
});

export const itemsOf = (text: string): string[] => text.split(/[\s,;]+/).filter(Boolean);

const listOf = (text: string): string[] | null => {
  const items = itemsOf(text);
  return items.length > 0 ? items : null;
};

const numberOf = (text: string): number | null => (text.trim() === "" ? null : Number(text));

function expiryOf(choice: string, now: number, kept: string | null): string | null {
  if (choice === keepExpiry) return kept;
  if (choice === "never") return null;
  return new Date(now + Number(choice) * dayMs).toISOString();
}

/** The whole key as the form has it. */
export const bodyOf = (values: KeyValues, now: number, kept: string | null = null): KeyBody => ({
  name: values.name.trim(),
  scopes: values.scopes,
  models: listOf(values.models),
  cidrs: listOf(values.cidrs),
  expires_at: expiryOf(values.expiry, now, kept),
  on_unusual_use: values.unusual,
  limits: {
    per_minute: numberOf(values.per_minute),
    per_hour: numberOf(values.per_hour),
    concurrency: numberOf(values.concurrency),
  },
});

/** Only what is different: a limit that nobody touched may be above a plan that was lowered since. */
export function changeOf(key: KeyRow, values: KeyValues, now: number): Partial<KeyBody> {
  const { limits, ...members } = bodyOf(values, now, key.expires_at);
  const isChanged = (before: unknown, after: unknown) => JSON.stringify(before) !== JSON.stringify(after);
  const own: Record<string, unknown> = { ...key, scopes: [...key.scopes].sort() };
  const changed = Object.entries({ ...members, scopes: [...members.scopes].sort() }).filter(
    ([member, value]) => isChanged(own[member], value),
  );
  const changedLimits = limitNames.filter((name) => key.limits[name] !== limits[name]);
  return {
    ...Object.fromEntries(changed),
    ...(changedLimits.length > 0
      ? { limits: Object.fromEntries(changedLimits.map((name) => [name, limits[name]])) }
      : {}),
  };
}

/** What the browser can say at once; the API decides. */
export function nameFault(name: string): string | undefined {
  if (name.trim() === "") return "Name the program that will use this key.";
  return name.length > 100 ? "At most 100 characters." : undefined;
}

export function modelsFault(text: string): string | undefined {
  const wrong = itemsOf(text).find((item) => !/^[a-z0-9][a-z0-9._-]{0,62}$/.test(item));
  return wrong && `“${wrong}” is no name of a model: those have small letters, digits, dots and hyphens.`;
}

export function cidrsFault(text: string): string | undefined {
  const wrong = itemsOf(text).find((item) => canonicalRange(item) === null);
  return wrong && `“${wrong}” is no address. Write one such as 192.0.2.7, or a range such as 192.0.2.0/24.`;
}

export function limitFault(text: string, most: number | null, planName: string): string | undefined {
  if (text.trim() === "") return;
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) return "a whole number from 1, or nothing.";
  if (most !== null && value > most)
    return `your plan ${planName} allows ${most}, and a key cannot have more.`;
  return value > 1_000_000 ? "at most 1,000,000." : undefined;
}
