import { PageHeader } from "@/app/_components/page-header";
import { Skeleton, TableSkeleton } from "@/app/_components/skeleton";

export default function ModelsLoading() {
  return (
    <>
      <PageHeader
        title="Models"
        description="What predicts here, how it is right now, and how its calls went."
        action={<Skeleton className="h-9 w-30 rounded-md" />}
      />
      <Skeleton className="mb-4 h-9 w-full rounded-md sm:w-72" />
      <TableSkeleton rows={4} columns={7} />
    </>
  );
}
