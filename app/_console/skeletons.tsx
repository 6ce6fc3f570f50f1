import { Skeleton } from "@/app/_components/skeleton";

/** The heights of PageHeader with a description. */
export function HeaderSkeleton() {
  return (
    <div role="status" className="mb-6">
      <span className="sr-only">Loading</span>
      <Skeleton className="my-1 h-5 w-48" />
      <Skeleton className="mt-2.5 h-3.5 w-64 max-w-full" />
    </div>
  );
}

/** The heights of a Card with rows of text. */
export function CardSkeleton({ rows }: { rows: number }) {
  return (
    <div className="rounded-lg border bg-surface">
      <div className="px-5 py-5">
        <Skeleton className="h-3.5 w-32" />
      </div>
      {count(rows).map((row) => (
        <div key={row} className="flex h-11 items-center justify-between gap-8 border-t px-5">
          <Skeleton className={row % 2 === 0 ? "h-3.5 w-2/5" : "h-3.5 w-1/2"} />
          <Skeleton className="h-3.5 w-14" />
        </div>
      ))}
    </div>
  );
}

/** The heights of a form in a Card: label and control per field. */
export function FormSkeleton({ fields }: { fields: number }) {
  return (
    <div className="rounded-lg border bg-surface px-5 py-5">
      <Skeleton className="h-3.5 w-32" />
      {count(fields).map((field) => (
        <div key={field} className="mt-5 max-w-sm space-y-2">
          <Skeleton className="h-3 w-20" />
          <Skeleton className="h-9" />
        </div>
      ))}
    </div>
  );
}

const count = (length: number): number[] => Array.from({ length }, (_, index) => index);
