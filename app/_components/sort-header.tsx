import { ArrowDown, ArrowUp } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import { cn } from "./cn";

export type Sort = { key: string; direction: "asc" | "desc" };

type SortHeaderProps = {
  sort?: Sort;
  sortKey?: string;
  href?: string;
  className?: string;
  children: ReactNode;
};

export function SortHeader({ sort, sortKey, href, className, children }: SortHeaderProps) {
  const direction = sortKey && sort?.key === sortKey ? sort.direction : undefined;
  const Arrow = direction === "asc" ? ArrowUp : ArrowDown;
  return (
    <th
      scope="col"
      aria-sort={direction && (direction === "asc" ? "ascending" : "descending")}
      className={cn("font-medium whitespace-nowrap", className)}
    >
      {href ? (
        <Link
          href={href}
          prefetch={false}
          scroll={false}
          className={cn(
            "group/sort inline-flex h-6 items-center gap-1 rounded-sm hover:text-ink",
            direction && "text-ink",
          )}
        >
          {children}
          <Arrow
            aria-hidden="true"
            className={cn(
              "size-3.5",
              !direction && "opacity-0 group-hover/sort:opacity-60 group-focus-visible/sort:opacity-60",
            )}
          />
        </Link>
      ) : (
        children
      )}
    </th>
  );
}
