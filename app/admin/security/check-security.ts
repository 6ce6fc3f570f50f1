import type { SecurityCheck } from "./checks/check";
import { keepingChecks } from "./checks/keeping";
import { limitChecks } from "./checks/keys-and-limits";
import { networkChecks } from "./checks/network";
import { peopleChecks } from "./checks/people";
import type { SecurityFacts } from "./read-facts";

export type CheckGroup = { title: string; checks: SecurityCheck[] };

export const checkSecurity = (facts: SecurityFacts): CheckGroup[] => [
  { title: "How it is reached", checks: networkChecks(facts) },
  { title: "Who gets in", checks: peopleChecks(facts) },
  { title: "Keys and limits", checks: limitChecks(facts) },
  { title: "What has to last", checks: keepingChecks(facts) },
];

export type SecurityCounts = { act: number; consider: number; all: number };

export function countChecks(groups: readonly CheckGroup[]): SecurityCounts {
  const checks = groups.flatMap((group) => group.checks);
  const inState = (state: SecurityCheck["state"]) => checks.filter((check) => check.state === state).length;
  return { act: inState("act"), consider: inState("consider"), all: checks.length };
}

const things = (count: number): string => (count === 1 ? "1 thing" : `${count} things`);

/** "2 things to do, 3 to consider" */
export function countWords({ act, consider }: SecurityCounts): string {
  if (act > 0) return `${things(act)} to do${consider > 0 ? `, ${consider} to consider` : ""}`;
  return consider > 0 ? `Nothing to do, ${things(consider)} to consider` : "Everything is in order";
}
