import { PageHeader } from "@/app/_components/page-header";
import { Skeleton, TableSkeleton } from "@/app/_components/skeleton";

export default function MailLoading() {
  return (
    <>
      <PageHeader
        title="Mail"
        description="What was sent to people, what still waits, and what could not be sent and why."
      />
      <Skeleton className="mb-4 h-9 w-full rounded-md sm:w-44" />
      <TableSkeleton rows={10} columns={4} />
    </>
  );
}
