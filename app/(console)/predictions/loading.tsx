import { Skeleton, TableSkeleton } from "@/app/_components/skeleton";
import { PredictionsHeader } from "./predictions-header";

export default function PredictionsLoading() {
  return (
    <>
      <PredictionsHeader />
      <div className="mb-4 grid grid-cols-2 gap-2 sm:flex">
        <Skeleton className="h-9 rounded-md sm:w-44" />
        <Skeleton className="h-9 rounded-md sm:w-36" />
        <Skeleton className="h-9 rounded-md sm:w-44" />
        <Skeleton className="h-9 rounded-md sm:w-48" />
        <Skeleton className="h-9 rounded-md sm:w-48" />
      </div>
      <TableSkeleton rows={10} columns={6} />
    </>
  );
}
