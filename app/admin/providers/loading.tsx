import { PageHeader } from "@/app/_components/page-header";
import { Skeleton } from "@/app/_components/skeleton";
import { pageWords } from "./provider-words";

export default function ProvidersLoading() {
  return (
    <>
      <PageHeader {...pageWords} />
      <div role="status" className="grid gap-6 lg:grid-cols-2">
        <span className="sr-only">Loading</span>
        {["one", "two"].map((name) => (
          <div key={name} className="rounded-lg border bg-surface">
            <div className="space-y-3 px-5 py-4">
              <Skeleton className="h-5 w-24" />
              <Skeleton className="w-64 max-w-full" />
              <Skeleton className="w-56 max-w-full" />
            </div>
            <div className="h-14 rounded-b-lg border-t bg-canvas" />
          </div>
        ))}
      </div>
    </>
  );
}
