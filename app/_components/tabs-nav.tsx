"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import type { ReactNode } from "react";
import { cn } from "./cn";

type TabsNavProps = {
  label: string;
  items: readonly { href: string; label: string; count?: ReactNode }[];
  /** The href of the open tab, when the path alone does not tell. */
  current?: string;
};

export function TabsNav({ label, items, current }: TabsNavProps) {
  const pathname = usePathname();
  const open = current ?? pathname;
  return (
    <nav aria-label={label} className="mb-6 overflow-x-auto shadow-[inset_0_-1px_0_var(--line)]">
      <ul className="flex gap-1">
        {items.map((item) => (
          <li key={item.href}>
            <Link
              href={item.href}
              aria-current={item.href === open ? "page" : undefined}
              className={cn(
                "flex h-10 items-center gap-2 border-b-2 border-transparent px-3 font-medium whitespace-nowrap text-muted hover:text-ink focus-visible:-outline-offset-2",
                "aria-[current=page]:border-accent aria-[current=page]:text-ink",
              )}
            >
              {item.label}
              {item.count !== undefined && (
                <span className="rounded-sm bg-sunken px-1.5 text-muted text-xs tabular-nums">
                  {item.count}
                </span>
              )}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
