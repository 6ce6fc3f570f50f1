import { PageHeader } from "@/app/_components/page-header";
import { Skeleton, TableSkeleton } from "@/app/_components/skeleton";
import { ChartCardSkeleton } from "@/app/_usage/skeletons";

export default function OverviewLoading() {
  return (
    <>
      <PageHeader
        title="Administration"
        description="Who is here, what happened last, and whether the record holds."
        action={<Skeleton className="h-9 w-36 rounded-md" />}
      />
      <div className="grid grid-cols-2 gap-3 sm:gap-4 lg:grid-cols-4">
        {["users", "sessions", "admins", "events"].map((name) => (
          <div key={name} className="space-y-2 rounded-lg border bg-surface px-5 py-4">
            <Skeleton className="h-3.5 w-20" />
            <Skeleton className="h-7 w-16" />
            <Skeleton className="h-3.5 w-24" />
          </div>
        ))}
      </div>
      <ChartCardSkeleton className="mt-6" />
      <div className="mt-6 grid items-start gap-6 lg:grid-cols-[minmax(0,1fr)_20rem]">
        <TableSkeleton rows={12} columns={2} />
        <div className="space-y-6">
          <Skeleton className="h-40 rounded-lg" />
          <Skeleton className="h-64 rounded-lg" />
        </div>
      </div>
    </>
  );
}
