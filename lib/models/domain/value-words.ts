import type { Column } from "../schema";
import { isDigits, type Range } from "./number-ranges";

/** What is wrong with one value, and what to send instead. The value itself is never repeated: it may be private. */
export type Words = { message: string; fix: string };

export type ValueRules = Pick<Column, "name" | "kind" | "unit" | "categories" | "length_max"> & {
  min: number | bigint | null;
  max: number | bigint | null;
  /** The kind is `number`, but its tensor holds whole numbers only. */
  isWhole: boolean;
};

const listedMax = 10;

const quoted = (text: string): string => JSON.stringify(text);

/** "Lyon", "Paris" and 3 more. */
export function listed(names: readonly string[]): string {
  const shown = names.slice(0, listedMax).map(quoted).join(", ");
  return names.length > listedMax ? `${shown} and ${names.length - listedMax} more` : shown;
}

function rangeWords({ min, max }: Pick<ValueRules, "min" | "max">): string {
  if (min !== null && max !== null) return ` from ${min} to ${max}`;
  if (min !== null) return ` of at least ${min}`;
  return max === null ? "" : ` of at most ${max}`;
}

/** "a number from 0 to 120, in years" */
export function expectation(rules: ValueRules): string {
  switch (rules.kind) {
    case "number":
    case "integer": {
      const noun = rules.kind === "integer" || rules.isWhole ? "a whole number" : "a number";
      return `${noun}${rangeWords(rules)}${rules.unit ? `, in ${rules.unit}` : ""}`;
    }
    case "boolean":
      return "true or false";
    case "category":
      return `one of ${listed(rules.categories ?? [])}`;
    case "text":
      return rules.length_max === null ? "text" : `text of at most ${rules.length_max} characters`;
  }
}

function kindOf(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "a list";
  switch (typeof value) {
    case "string":
      return "text";
    case "number":
      return "a number";
    case "boolean":
      return "true or false";
    default:
      return "an object";
  }
}

const nouns = {
  number: "a number",
  integer: "a whole number",
  boolean: "true or false",
  category: "text",
  text: "text",
} as const;

/** The words for a value that was not taken; `range` is what really fits, type and bounds together. */
export function wordsFor(value: unknown, rules: ValueRules, range: Range): Words {
  const { name } = rules;
  const fix = `Send ${expectation(rules)}.`;
  if (rules.kind === "number" || rules.kind === "integer") return numberWords(value, rules, range, fix);
  const isExpectedType = rules.kind === "boolean" ? typeof value === "boolean" : typeof value === "string";
  if (!isExpectedType)
    return { message: `${name} is ${kindOf(value)}, but has to be ${nouns[rules.kind]}.`, fix };
  if (rules.kind === "category") {
    const meant = closest(String(value), rules.categories ?? []);
    return {
      message: `${name} is none of the values it can have.`,
      fix: meant === null ? fix : `Did you mean ${quoted(meant)}? ${fix}`,
    };
  }
  if (!String(value).isWellFormed())
    return { message: `${name} holds half a character.`, fix: "Send text that is valid Unicode." };
  return { message: `${name} is longer than ${rules.length_max} characters.`, fix };
}

function numberWords(value: unknown, rules: ValueRules, range: Range, fix: string): Words {
  const { name } = rules;
  const isWhole = rules.kind === "integer" || rules.isWhole;
  const number = typeof value === "number" ? value : isWhole && isDigits(value) ? BigInt(value) : null;
  if (number === null) {
    const isQuoted =
      typeof value === "string" && value.trim() !== "" && Number.isFinite(Number(value.replace(",", ".")));
    return {
      message: `${name} is ${kindOf(value)}, but has to be ${isWhole ? "a whole number" : "a number"}.`,
      fix: isQuoted ? `${fix.slice(0, -1)}; numbers go without quotes and with a point.` : fix,
    };
  }
  if (typeof number === "number" && !Number.isFinite(number))
    return { message: `${name} is larger than any number can be.`, fix };
  if (typeof number === "number" && isWhole && !Number.isInteger(number))
    return { message: `${name} has to be a whole number.`, fix };
  if (number < range.min)
    return {
      message: `${name} is below ${range.min}, the least it may be.`,
      fix: `Send ${expectation({ ...rules, min: range.min })}.`,
    };
  if (number > range.max)
    return {
      message: `${name} is above ${range.max}, the most it may be.`,
      fix: `Send ${expectation({ ...rules, max: range.max })}.`,
    };
  return {
    message: `${name} is a number too large to arrive exactly.`,
    fix: "Send whole numbers beyond 9007199254740991 as text of digits, if the model takes 64-bit numbers.",
  };
}

/** The name that was probably meant, if one is near: another case, or a slip or two. */
export function closest(text: string, names: readonly string[]): string | null {
  if (text.length > 64) return null;
  const plain = (name: string) => name.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, "");
  const wanted = plain(text);
  const slipsMax = wanted.length < 4 ? 1 : 2;
  let best: { name: string; slips: number } | null = null;
  for (const name of names.slice(0, 1_000)) {
    if (Math.abs(name.length - text.length) > 8) continue;
    const slips = slipsBetween(wanted, plain(name), slipsMax);
    if (slips <= slipsMax && slips < (best?.slips ?? Number.POSITIVE_INFINITY)) best = { name, slips };
  }
  return best?.name ?? null;
}

/** How many letters were put in, left out or changed (Levenshtein); more than `most` is not counted out. */
function slipsBetween(one: string, other: string, most: number): number {
  if (Math.abs(one.length - other.length) > most) return most + 1;
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let i = 1; i <= one.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= other.length; j += 1) {
      const changed = (row[j - 1] ?? 0) + (one[i - 1] === other[j - 1] ? 0 : 1);
      next.push(Math.min(changed, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[other.length] ?? 0;
}
