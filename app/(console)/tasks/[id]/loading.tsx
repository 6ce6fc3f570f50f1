import { Skeleton, TableSkeleton } from "@/app/_components/skeleton";
import { CardSkeleton, HeaderSkeleton } from "@/app/_console/skeletons";

export default function TaskLoading() {
  return (
    <>
      <HeaderSkeleton />
      <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_20rem]">
        <div className="grid gap-4">
          <div className="space-y-4 rounded-lg border bg-surface px-5 py-5">
            <Skeleton className="h-7 w-48" />
            <Skeleton className="h-2 rounded-full" />
            <Skeleton className="h-3.5 w-64 max-w-full" />
          </div>
          <TableSkeleton rows={6} columns={2} />
        </div>
        <CardSkeleton rows={8} />
      </div>
    </>
  );
}
