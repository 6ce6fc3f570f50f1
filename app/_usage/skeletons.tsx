import { Skeleton } from "@/app/_components/skeleton";
import { plotHeight } from "./chart-shape";

/** The heights of ChartCard. */
export function ChartCardSkeleton({ className }: { className?: string }) {
  return (
    <div className={className}>
      <div className="h-full rounded-lg border bg-surface px-5 pt-5 pb-4">
        <Skeleton className="h-3.5 w-64 max-w-full" />
        <Skeleton className="mt-3 h-3 w-32" />
        <div className="pt-5 pb-7" style={{ height: plotHeight + 12 }}>
          <Skeleton className="h-full rounded-md" />
        </div>
      </div>
    </div>
  );
}

/** The heights of Totals. */
export function TotalsSkeleton({ count }: { count: number }) {
  return (
    <div className="overflow-hidden rounded-lg border bg-line">
      <div className="grid grid-cols-2 gap-px sm:grid-flow-col sm:auto-cols-fr sm:grid-cols-none">
        {Array.from({ length: count }, (_, index) => index).map((index) => (
          <div key={index} className="space-y-2 bg-surface px-5 py-4">
            <Skeleton className="h-3 w-16" />
            <Skeleton className="h-6 w-20" />
            <Skeleton className="h-3 w-24" />
          </div>
        ))}
      </div>
    </div>
  );
}
