import type { z } from "zod";
import type { limitsView } from "@/lib/plans/schema";
import { countOf, formatNumber } from "../_parts/count";

export type Limits = z.infer<typeof limitsView>;
export type LimitName = keyof Limits;

type LimitWords = { name: LimitName; label: string; hint: string; inWords: (value: number) => string };

export const limitWords: readonly LimitWords[] = [
  {
    name: "per_minute",
    label: "Calls in a minute",
    hint: "Counted over the last 60 seconds, not by the clock.",
    inWords: (value) => `${countOf(value, "call")} a minute`,
  },
  {
    name: "per_hour",
    label: "Calls in an hour",
    hint: "Counted over the last 60 minutes.",
    inWords: (value) => `${formatNumber(value)} an hour`,
  },
  {
    name: "concurrency",
    label: "Calls at once",
    hint: "One more is refused at once and can be repeated.",
    inWords: (value) => `${formatNumber(value)} at the same time`,
  },
];

/** "10 calls a minute, 100 an hour, 2 at the same time"; null when nothing is limited. */
export function limitsInWords(limits: Limits): string | null {
  const words = limitWords.flatMap(({ name, inWords }) => {
    const value = limits[name];
    return value === null ? [] : [inWords(value)];
  });
  return words.length > 0 ? words.join(", ") : null;
}
