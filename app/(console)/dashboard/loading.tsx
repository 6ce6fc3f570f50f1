import { CardSkeleton, HeaderSkeleton } from "@/app/_console/skeletons";

export default function DashboardLoading() {
  return (
    <>
      <HeaderSkeleton />
      <div className="grid items-start gap-4 lg:grid-cols-3">
        <div className="grid gap-4 lg:col-span-2">
          <CardSkeleton rows={5} />
          <CardSkeleton rows={2} />
        </div>
        <div className="grid gap-4">
          <CardSkeleton rows={3} />
          <CardSkeleton rows={2} />
        </div>
      </div>
    </>
  );
}
