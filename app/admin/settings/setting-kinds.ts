import type { SettingKey, Settings } from "@/lib/settings/schema";

/** How a setting is shown and typed; every value is a text while it is being edited. */
export type SettingKind =
  | { kind: "number"; least: number; most: number }
  | { kind: "choice"; values: readonly string[] }
  | { kind: "switch" }
  | { kind: "list" };
export type SettingKinds = Record<SettingKey, SettingKind>;
export type SettingValue = Settings[SettingKey];

/** The same value is always the same text, so that texts can be compared. */
export const textOf = (value: SettingValue): string =>
  Array.isArray(value) ? value.join("\n") : String(value);

export function typedValue(kind: SettingKind, text: string): SettingValue {
  if (kind.kind === "number") return Number(text.trim());
  if (kind.kind === "switch") return text === "true";
  if (kind.kind === "list") return wordsOf(text);
  return text as SettingValue;
}

/** What is wrong with it, as far as it can be told without asking the API. */
export function faultIn(kind: SettingKind, text: string): string | undefined {
  if (kind.kind !== "number") return undefined;
  const { least, most } = kind;
  if (!/^\d+$/.test(text.trim())) return "Write a whole number.";
  const value = Number(text.trim());
  return value < least || value > most ? `From ${least} to ${most}.` : undefined;
}

/** Pasted from anywhere: one in a line, with commas, or as the end of addresses. */
const wordsOf = (text: string): string[] => [
  ...new Set(
    text
      .toLowerCase()
      .split(/[\s,;]+/)
      .map((word) => word.replace(/^@/, ""))
      .filter(Boolean),
  ),
];
