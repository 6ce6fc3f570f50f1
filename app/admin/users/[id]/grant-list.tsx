import type { z } from "zod";
import { RelativeTime } from "@/app/_components/relative-time";
import { monthText } from "@/app/_usage/usage-words";
import { countOf } from "@/app/admin/_parts/count";
import type { grantView } from "@/lib/usage/schema";

/** The newest; all others are in the audit trail. */
const shownMax = 5;

export function GrantList({ grants }: { grants: readonly z.infer<typeof grantView>[] }) {
  return (
    <div className="mt-5 border-t pt-4">
      <h3 className="font-medium">Extra units</h3>
      <ul className="mt-2 space-y-2">
        {grants.slice(0, shownMax).map(({ id, units, month, note, created_at, created_by }) => (
          <li key={id} className="wrap-anywhere">
            {countOf(units, "unit")} for {monthText(month)}
            {note && `: ${note}`}
            <span className="block text-[13px] text-muted">
              <RelativeTime at={created_at} /> by {created_by}
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}
