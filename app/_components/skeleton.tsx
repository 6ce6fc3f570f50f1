import { cn } from "./cn";

export function Skeleton({ className }: { className?: string }) {
  return (
    <span aria-hidden="true" className={cn("block h-4 w-full animate-pulse rounded-sm bg-line", className)} />
  );
}

type TableSkeletonProps = { rows?: number; columns?: number };

// Uneven on purpose: equal bars read as a striped image, not as rows of text.
const widths = ["w-3/5", "w-2/5", "w-1/2", "w-1/3", "w-2/3"];

/** The same heights and edges as DataTable, so nothing moves when the rows arrive. */
export function TableSkeleton({ rows = 8, columns = 4 }: TableSkeletonProps) {
  return (
    <div role="status" className="overflow-hidden rounded-lg border bg-surface">
      <span className="sr-only">Loading</span>
      {count(rows + 1).map((row) => (
        <div
          key={row}
          className={cn("flex items-center px-1", row === 0 ? "h-9 bg-sunken" : "h-11 border-t")}
        >
          {count(columns).map((column) => (
            <span key={column} className={cn("flex-1 px-3", column > 1 && "hidden sm:block")}>
              <Skeleton className={row === 0 ? "h-3 w-16" : cn("h-3.5", widths[(row + column * 2) % 5])} />
            </span>
          ))}
        </div>
      ))}
    </div>
  );
}

function count(length: number): number[] {
  return Array.from({ length }, (_, index) => index);
}
