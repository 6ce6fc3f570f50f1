import { errorTable, isErrorCode } from "@/lib/core/errors";
import { RankedCard } from "./ranked-card";

type ErrorsCardProps = { errors: readonly { code: string; calls: number }[]; className?: string };

/** Which errors came how often, most often first; each leads to what it means and what to do about it. */
export function ErrorsCard({ errors, className }: ErrorsCardProps) {
  const calls = errors.reduce((sum, error) => sum + error.calls, 0);
  return (
    <RankedCard
      title={calls === 0 ? "No call failed" : "Why calls failed"}
      what="Error"
      counted="Calls"
      tone="danger"
      empty="Errors would be listed here, with a link to what each one means."
      className={className}
      rows={errors.map(({ code, calls: value }) => ({
        id: code,
        label: titleOf(code),
        hint: code,
        value,
        href: isErrorCode(code) ? `/problems/${code}` : undefined,
      }))}
    />
  );
}

const titleOf = (code: string): string => (isErrorCode(code) ? errorTable[code].title : code);
