import { PageHeader } from "@/app/_components/page-header";
import { Skeleton, TableSkeleton } from "@/app/_components/skeleton";

export default function AuditLoading() {
  return (
    <>
      <PageHeader
        title="Audit"
        description="Who did what to which account or setting, when and from where. Nothing here can be edited."
        action={
          <>
            <Skeleton className="h-9 w-24 rounded-md" />
            <Skeleton className="h-9 w-40 rounded-md" />
          </>
        }
      />
      <div className="mb-4 grid grid-cols-2 gap-2 sm:flex">
        <Skeleton className="h-9 rounded-md sm:flex-1" />
        <Skeleton className="h-9 rounded-md sm:flex-1" />
        <Skeleton className="col-span-2 h-9 rounded-md sm:w-56" />
        <Skeleton className="h-9 rounded-md sm:w-48" />
        <Skeleton className="h-9 rounded-md sm:w-48" />
      </div>
      <TableSkeleton rows={10} columns={6} />
    </>
  );
}
