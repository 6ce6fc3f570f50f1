import { Skeleton } from "@/app/_components/skeleton";
import { HeaderSkeleton } from "@/app/_console/skeletons";

export default function StatementLoading() {
  return (
    <div className="mx-auto max-w-4xl">
      <HeaderSkeleton />
      <Skeleton className="mb-4 h-8 w-36 rounded-md" />
      <Skeleton className="h-96 rounded-lg" />
    </div>
  );
}
