import type { z } from "zod";
import type { limitsView } from "@/lib/plans/schema";
import { countOf, formatNumber } from "../_parts/count";

type Limits = z.infer<typeof limitsView>;

/** "10 calls a minute, 100 an hour, 2 at the same time"; null when nothing is limited. */
export function limitsInWords({ per_minute, per_hour, concurrency }: Limits): string | null {
  const words = [
    ...(per_minute === null ? [] : [`${countOf(per_minute, "call")} a minute`]),
    ...(per_hour === null ? [] : [`${formatNumber(per_hour)} an hour`]),
    ...(concurrency === null ? [] : [`${formatNumber(concurrency)} at the same time`]),
  ];
  return words.length > 0 ? words.join(", ") : null;
}
