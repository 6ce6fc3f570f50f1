import { isMoneyText } from "@/app/_usage/price-text";
import type { AdminModel } from "../_parts/model-words";

export type ExpenseName = keyof AdminModel["expenses"];
type ExpenseWords = { name: ExpenseName; label: string; most: number; text: string };

/** The bounds are those of the API, which has the last word. */
export const expenseWords: readonly ExpenseWords[] = [
  {
    name: "per_call",
    label: "A call",
    most: 1_000,
    text: "Such as what a service charges for each request.",
  },
  {
    name: "per_compute_ms",
    label: "A millisecond of work",
    most: 1,
    text: "Such as the rent of the machine: 0.50 an hour are 0.000000139 a millisecond.",
  },
  { name: "per_token", label: "A token", most: 1, text: "Of a language model, as its maker charges them." },
];

export function expenseFault(text: string, most: number): string | undefined {
  if (!isMoneyText(text)) return "Write an amount such as 0.0005, at most 9 decimals.";
  return Number(text) > most ? `At most ${most.toLocaleString("en-US")}.` : undefined;
}
