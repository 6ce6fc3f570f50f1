import Link from "next/link";
import { cn } from "./cn";

export type Crumb = { label: string; href?: string };

/** The last one is the page itself. */
export function Breadcrumbs({ items }: { items: readonly Crumb[] }) {
  return (
    <nav aria-label="Breadcrumb" className="min-w-0">
      <ol className="flex min-w-0 items-center">
        {items.map((item, index) => {
          const isLast = index === items.length - 1;
          return (
            <li
              key={item.href ?? item.label}
              // On phones only the page: the way up is in the menu.
              className={cn("flex min-w-0 items-center", !isLast && "hidden sm:flex")}
            >
              {item.href && !isLast ? (
                <Link
                  href={item.href}
                  className="flex h-6 items-center truncate rounded-sm text-muted hover:text-ink"
                >
                  {item.label}
                </Link>
              ) : (
                <span
                  aria-current={isLast ? "page" : undefined}
                  className={cn("truncate", isLast ? "font-medium" : "text-muted")}
                >
                  {item.label}
                </span>
              )}
              {!isLast && (
                <span aria-hidden="true" className="px-2 text-line-strong">
                  /
                </span>
              )}
            </li>
          );
        })}
      </ol>
    </nav>
  );
}
