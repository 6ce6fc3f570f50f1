import type { ReactNode } from "react";

export type NavItem = { href: string; label: string; icon?: ReactNode };
export type NavGroup = { label: string; items: readonly NavItem[] };

/** The longest match: on /admin/users that is "Users", not the "Overview" at /admin. */
export function findCurrent(groups: readonly NavGroup[], pathname: string) {
  let found: { group: NavGroup; item: NavItem } | undefined;
  for (const group of groups) {
    for (const item of group.items) {
      const isInside = pathname === item.href || pathname.startsWith(`${item.href}/`);
      if (isInside && item.href.length > (found?.item.href.length ?? -1)) found = { group, item };
    }
  }
  return found;
}
