import { PageHeader } from "@/app/_components/page-header";
import { Skeleton, TableSkeleton } from "@/app/_components/skeleton";

export default function UsersLoading() {
  return (
    <>
      <PageHeader
        title="Users"
        description="Everybody with an account here."
        action={<Skeleton className="h-9 w-36 rounded-md" />}
      />
      <div className="mb-4 grid grid-cols-2 gap-2 sm:flex">
        <Skeleton className="col-span-2 h-9 rounded-md sm:flex-1" />
        <Skeleton className="h-9 rounded-md sm:w-34" />
        <Skeleton className="h-9 rounded-md sm:w-38" />
        <Skeleton className="h-9 rounded-md sm:w-34" />
        <Skeleton className="h-9 rounded-md sm:w-44" />
      </div>
      <TableSkeleton rows={10} columns={6} />
    </>
  );
}
