import { Skeleton, TableSkeleton } from "@/app/_components/skeleton";

export default function UserLoading() {
  return (
    <div role="status">
      <span className="sr-only">Loading</span>
      <Skeleton className="h-7 w-64" />
      <Skeleton className="mt-2 mb-6 h-5 w-48" />
      <div className="grid items-start gap-6 lg:grid-cols-[minmax(0,1fr)_20rem]">
        <div className="space-y-6">
          <div className="space-y-5 rounded-lg border bg-surface p-5">
            <Skeleton className="h-5 w-20" />
            <div className="grid gap-5 sm:grid-cols-2">
              <Skeleton className="h-9 rounded-md" />
              <Skeleton className="h-9 rounded-md" />
            </div>
            <div className="grid gap-2 sm:grid-cols-2">
              <Skeleton className="h-20 rounded-md" />
              <Skeleton className="h-20 rounded-md" />
            </div>
          </div>
          <TableSkeleton rows={3} columns={4} />
          <TableSkeleton rows={6} columns={3} />
        </div>
        <div className="space-y-6 max-lg:row-start-1">
          <div className="space-y-3 rounded-lg border bg-surface p-5">
            <Skeleton className="w-full" />
            <Skeleton className="w-4/5" />
            <Skeleton className="w-3/5" />
          </div>
          <div className="space-y-3 rounded-lg border bg-surface p-5">
            <Skeleton className="w-2/5" />
            <Skeleton className="w-full" />
            <Skeleton className="h-8 w-36 rounded-md" />
          </div>
        </div>
      </div>
    </div>
  );
}
