import type { ReactNode } from "react";
import { cn } from "./cn";

type DefinitionListProps = {
  items: readonly { term: ReactNode; description: ReactNode; key?: string }[];
  className?: string;
};

export function DefinitionList({ items, className }: DefinitionListProps) {
  return (
    <dl className={cn("divide-y divide-line", className)}>
      {items.map(({ key, term, description }, index) => (
        <div
          key={key ?? (typeof term === "string" ? term : index)}
          className="grid gap-x-6 gap-y-0.5 py-2.5 first:pt-0 last:pb-0 sm:grid-cols-[11rem_minmax(0,1fr)]"
        >
          <dt className="text-muted">{term}</dt>
          <dd className="min-w-0 break-words">{description}</dd>
        </div>
      ))}
    </dl>
  );
}
