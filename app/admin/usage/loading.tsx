import { Skeleton, TableSkeleton } from "@/app/_components/skeleton";
import { ChartCardSkeleton, TotalsSkeleton } from "@/app/_usage/skeletons";
import { UsageHeader } from "./usage-header";

export default function UsageLoading() {
  return (
    <>
      <UsageHeader />
      <Skeleton className="mb-4 h-9 rounded-md sm:w-96" />
      <div className="grid grid-cols-1 gap-4 lg:grid-cols-2">
        <div className="lg:col-span-2">
          <TotalsSkeleton count={5} />
        </div>
        <ChartCardSkeleton className="lg:col-span-2" />
        <ChartCardSkeleton />
        <ChartCardSkeleton />
      </div>
      <div className="mt-4">
        <TableSkeleton rows={8} columns={6} />
      </div>
    </>
  );
}
