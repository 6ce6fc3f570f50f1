import { expect, test } from "vitest";
import type { TaskEstimate } from "@/lib/tasks/schema";
import { type LimitsLeft, leftAfter } from "./left-after";

const limit = (
  name: LimitsLeft["limits"][number]["name"],
  limit: number | null,
  remaining: number | null,
) => ({
  ...{ name, limit, remaining },
  used: 0,
  reserved: 0,
  frees_at: null,
});
const estimate = { units: 150, cost: 0.1, cost_max: 0.3 } as TaskEstimate;

test("what a task may cost at most is taken off what is left, and limits that do not bound it are not named", () => {
  const limits = [
    limit("minute", 60, 60),
    limit("month_units", 1_000, 900),
    limit("month_budget", null, null),
    limit("day_budget", 1, 0.2),
  ];
  expect(leftAfter({ plan: "free", currency: "EUR", units_granted: 0, limits }, estimate)).toEqual([
    { term: "Units left this month", text: "750 of 1,000" },
    { term: "Budget left today", text: "€0.00 of €1.00" },
  ]);
});
