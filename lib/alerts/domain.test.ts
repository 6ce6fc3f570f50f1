import { expect, test } from "vitest";
import { capStep, capSteps } from "./domain";

test("the steps of a limit are exact, whatever the limit", () => {
  for (const limit of [1, 3, 7, 10, 100, 1_000_000, 4_999_999_999])
    for (const percent of capSteps) {
      const least = Math.ceil((limit * percent) / 100);
      expect(capStep(least, limit)).toBeGreaterThanOrEqual(percent);
      if (least > 0) expect(capStep(least - 1, limit) ?? 0).toBeLessThan(percent);
    }
  expect([capStep(0, 0), capStep(5, 0)]).toEqual([null, null]);
});
