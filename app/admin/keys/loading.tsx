import { PageHeader } from "@/app/_components/page-header";
import { Skeleton, TableSkeleton } from "@/app/_components/skeleton";

export default function KeysLoading() {
  return (
    <>
      <PageHeader
        title="API keys"
        description="Passwords for programs, made by the people who own them. Each secret was shown once and is not stored."
      />
      <div className="mb-3 grid grid-cols-2 gap-2 sm:flex">
        <Skeleton className="col-span-2 h-9 rounded-md sm:flex-1" />
        <Skeleton className="col-span-2 h-9 rounded-md sm:w-40" />
        <Skeleton className="h-9 rounded-md sm:w-32" />
        <Skeleton className="h-9 rounded-md sm:w-42" />
        <Skeleton className="col-span-2 h-9 rounded-md sm:w-44" />
      </div>
      <Skeleton className="mb-4 h-8 w-40 rounded-md" />
      <TableSkeleton rows={10} columns={6} />
    </>
  );
}
