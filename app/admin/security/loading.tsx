import { PageHeader } from "@/app/_components/page-header";
import { Skeleton } from "@/app/_components/skeleton";

export default function SecurityLoading() {
  return (
    <>
      <PageHeader title="Security" description="What can be seen from here, and what to do about it." />
      <div role="status" className="max-w-4xl space-y-6">
        <span className="sr-only">Loading</span>
        {["reached", "people", "limits", "lasting"].map((name) => (
          <div key={name} className="rounded-lg border bg-surface">
            <Skeleton className="mx-5 mt-5 mb-5 w-32" />
            {["first", "second", "third"].map((row) => (
              <div key={row} className="space-y-2 border-t px-5 py-4">
                <Skeleton className="w-56 max-w-full" />
                <Skeleton className="h-3.5 w-96 max-w-full" />
              </div>
            ))}
          </div>
        ))}
      </div>
    </>
  );
}
