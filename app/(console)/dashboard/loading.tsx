import { CardSkeleton, HeaderSkeleton } from "@/app/_console/skeletons";
import { ChartCardSkeleton, TotalsSkeleton } from "@/app/_usage/skeletons";

export default function DashboardLoading() {
  return (
    <>
      <HeaderSkeleton />
      <div className="grid items-start gap-4 lg:grid-cols-3">
        <div className="grid gap-4 lg:col-span-2">
          <TotalsSkeleton count={4} />
          <ChartCardSkeleton />
          <CardSkeleton rows={5} />
        </div>
        <div className="grid gap-4">
          <CardSkeleton rows={4} />
          <CardSkeleton rows={3} />
          <CardSkeleton rows={2} />
        </div>
      </div>
    </>
  );
}
