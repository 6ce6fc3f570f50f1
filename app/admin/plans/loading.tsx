import { PageHeader } from "@/app/_components/page-header";
import { Skeleton } from "@/app/_components/skeleton";

export default function PlansLoading() {
  return (
    <>
      <PageHeader
        title="Plans"
        description="How much people and their programs may call, and what it costs. Everybody has one plan; choose it on the page of the user."
      />
      <div role="status" className="grid gap-6 md:grid-cols-2 xl:grid-cols-3">
        <span className="sr-only">Loading</span>
        {["free", "owner", "paid"].map((name) => (
          <div key={name} className="rounded-lg border bg-surface">
            <div className="space-y-3 px-5 py-4">
              <Skeleton className="h-5 w-24" />
              <Skeleton className="w-48" />
              <Skeleton className="w-64 max-w-full" />
              <Skeleton className="w-56 max-w-full" />
              <Skeleton className="w-40" />
            </div>
            <div className="h-11 rounded-b-lg border-t bg-canvas" />
          </div>
        ))}
      </div>
    </>
  );
}
