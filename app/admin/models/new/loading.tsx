import { PageHeader } from "@/app/_components/page-header";
import { Skeleton } from "@/app/_components/skeleton";

export default function NewModelLoading() {
  return (
    <>
      <PageHeader
        title="Add a model"
        description="Three steps. Nothing can be called before the last one, and everything but the name can be changed later."
      />
      <div role="status" className="max-w-4xl space-y-4">
        <span className="sr-only">Loading</span>
        <div className="space-y-5 rounded-lg border bg-surface px-5 py-4">
          <Skeleton className="h-6 w-56" />
          <div className="grid gap-2 sm:grid-cols-2">
            <Skeleton className="h-16 rounded-md" />
            <Skeleton className="h-16 rounded-md" />
          </div>
          <Skeleton className="h-44 rounded-lg" />
        </div>
        <Skeleton className="h-15 rounded-lg" />
        <Skeleton className="h-15 rounded-lg" />
      </div>
    </>
  );
}
