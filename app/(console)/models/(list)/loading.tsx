import { PageHeader } from "@/app/_components/page-header";
import { Skeleton } from "@/app/_components/skeleton";
import { modelsHeader } from "./models-header";

export default function ModelsLoading() {
  return (
    <>
      <PageHeader {...modelsHeader} action={<Skeleton className="h-9 w-44 rounded-md" />} />
      <div role="status" className="grid gap-4 lg:grid-cols-2">
        <span className="sr-only">Loading</span>
        <Skeleton className="h-44 rounded-lg" />
        <Skeleton className="h-44 rounded-lg" />
      </div>
    </>
  );
}
