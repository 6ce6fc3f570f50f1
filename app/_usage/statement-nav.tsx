import { ChevronLeft, ChevronRight } from "lucide-react";
import { LinkButton } from "@/app/_components/button";
import { monthOf, monthStart, nextMonthStart } from "@/lib/usage/domain";
import { monthText } from "./usage-words";

type StatementNavProps = { path: string; month: string; thisMonth: string };

/** The months beside this one; there is none after the present. */
export function StatementNav({ path, month, thisMonth }: StatementNavProps) {
  const before = monthOf(monthStart(month) - 1);
  const after = monthOf(nextMonthStart(month));
  return (
    <div className="mb-4 flex flex-wrap items-center justify-between gap-2 print:hidden">
      <nav aria-label="Months" className="flex gap-2">
        <LinkButton size="sm" href={`${path}?month=${before}`} prefetch={false}>
          <ChevronLeft aria-hidden="true" />
          {monthText(before)}
        </LinkButton>
        {month < thisMonth && (
          <LinkButton size="sm" href={`${path}?month=${after}`} prefetch={false}>
            {monthText(after)}
            <ChevronRight aria-hidden="true" />
          </LinkButton>
        )}
      </nav>
    </div>
  );
}
