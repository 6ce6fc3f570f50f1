import type { Problem } from "@/app/_client/api";
import { FailureView } from "@/app/_model/failure-view";

/** Why rows were not taken: of a single fault also how to mend it. */
export function RowsProblem({ problem }: { problem: Problem }) {
  const { retryAfterSeconds: _, ...plain } = problem;
  const [fault, ...others] = problem.errors ?? [];
  const detail = fault && others.length === 0 ? `${fault.message} ${fault.fix}` : problem.detail;
  // Without a countdown: a quota frees in days, and every other reason is over when one has read it.
  return <FailureView problem={{ ...plain, detail }} secondsLeft={0} />;
}
