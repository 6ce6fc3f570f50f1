"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import { cn } from "./cn";
import { findCurrent, type NavGroup } from "./nav";

type NavListProps = {
  groups: readonly NavGroup[];
  isCollapsed?: boolean;
  onNavigate?: () => void;
};

/** The list is higher than some screens: the page that is open must not lie out of sight. */
const bringIntoView = (link: HTMLAnchorElement | null) => link?.scrollIntoView({ block: "nearest" });

export function NavList({ groups, isCollapsed = false, onNavigate }: NavListProps) {
  const current = findCurrent(groups, usePathname())?.item.href;
  return (
    <nav aria-label="Main" className="space-y-5 low:space-y-3">
      {groups.map((group, index) => (
        <div key={group.label}>
          {isCollapsed ? (
            index > 0 && <hr className="mx-2 mb-3" />
          ) : (
            <p className="mb-1 px-2 font-medium text-muted text-xs">{group.label}</p>
          )}
          <ul aria-label={group.label} className="space-y-0.5 low:space-y-0">
            {group.items.map((item) => (
              <li key={item.href}>
                <Link
                  ref={item.href === current ? bringIntoView : undefined}
                  href={item.href}
                  onClick={onNavigate}
                  aria-current={item.href === current ? "page" : undefined}
                  title={isCollapsed ? item.label : undefined}
                  className={cn(
                    "flex h-8 low:h-7 items-center gap-2.5 rounded-md px-2 text-muted transition-colors hover:bg-sunken hover:text-ink focus-visible:outline-offset-0 [&_svg]:size-4 [&_svg]:shrink-0",
                    "aria-[current=page]:bg-sunken aria-[current=page]:font-medium aria-[current=page]:text-ink aria-[current=page]:[&_svg]:text-accent-ink",
                    isCollapsed && "justify-center",
                  )}
                >
                  <span aria-hidden="true">{item.icon}</span>
                  <span className={cn("truncate", isCollapsed && "sr-only")}>{item.label}</span>
                </Link>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </nav>
  );
}
