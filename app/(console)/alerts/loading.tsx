import { Skeleton } from "@/app/_components/skeleton";
import { AlertsHeader } from "./alerts-header";

export default function AlertsLoading() {
  return (
    <>
      <AlertsHeader />
      <Skeleton className="mb-4 h-9 rounded-md sm:w-44" />
      <div role="status" className="space-y-3">
        <span className="sr-only">Loading</span>
        {[0, 1, 2].map((card) => (
          <div key={card} className="rounded-lg border bg-surface px-5 py-4">
            <Skeleton className="h-5 w-28" />
            <Skeleton className="mt-3.5 w-3/5" />
            <Skeleton className="mt-2.5 h-3.5 w-4/5" />
            <Skeleton className="mt-3 h-3.5 w-2/3" />
            <Skeleton className="mt-4 h-8 w-40 rounded-md" />
          </div>
        ))}
      </div>
    </>
  );
}
