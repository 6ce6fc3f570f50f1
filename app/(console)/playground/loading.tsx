import { PageHeader } from "@/app/_components/page-header";
import { Skeleton } from "@/app/_components/skeleton";
import { CardSkeleton, FormSkeleton } from "@/app/_console/skeletons";
import { playgroundHeader } from "./playground-header";

export default function PlaygroundLoading() {
  return (
    <>
      <PageHeader {...playgroundHeader} action={<Skeleton className="h-9 w-52 rounded-md" />} />
      <div role="status" className="grid items-start gap-4 lg:grid-cols-2">
        <span className="sr-only">Loading</span>
        <FormSkeleton fields={4} />
        <CardSkeleton rows={3} />
      </div>
    </>
  );
}
