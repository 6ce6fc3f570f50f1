import { LinkButton } from "@/app/_components/button";
import type { AdminKeyQuery } from "@/lib/keys/schema";
import { formatNumber } from "../_parts/count";
import { listHref } from "../_parts/list-href";

type Filters = Pick<AdminKeyQuery, "state" | "used">;
export type QuickFilter = { label: string; filters: Filters; count: number };

type QuickFiltersProps = { path: string; query: AdminKeyQuery; choices: readonly QuickFilter[] };

/** What is worth a look, with how many there are; pressing a chosen one again takes it away. */
export function QuickFilters({ path, query, choices }: QuickFiltersProps) {
  const isChosen = ({ state, used }: Filters) => query.state === state && query.used === used;
  const shown = choices.filter(({ count, filters }) => count > 0 || isChosen(filters));
  if (shown.length === 0) return null;
  return (
    <nav aria-label="Keys worth a look" className="mb-4 flex flex-wrap gap-2">
      {shown.map(({ label, filters, count }) => (
        <LinkButton
          key={label}
          size="sm"
          prefetch={false}
          scroll={false}
          aria-current={isChosen(filters) ? "true" : undefined}
          className="aria-[current]:border-accent aria-[current]:bg-accent-soft aria-[current]:text-accent-ink"
          href={isChosen(filters) ? path : listHref(path, filters)}
        >
          {label}
          <span className="font-normal tabular-nums">{formatNumber(count)}</span>
        </LinkButton>
      ))}
    </nav>
  );
}
