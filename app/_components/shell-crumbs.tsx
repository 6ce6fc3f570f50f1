"use client";

import { usePathname } from "next/navigation";
import { Breadcrumbs } from "./breadcrumbs";
import { findCurrent, type NavGroup } from "./nav";

/** A layout does not know its page, so the way is read from the path. */
export function ShellCrumbs({ groups }: { groups: readonly NavGroup[] }) {
  const pathname = usePathname();
  const current = findCurrent(groups, pathname);
  if (!current) return null;
  const { group, item } = current;
  const rest = pathname.slice(item.href.length).split("/").filter(Boolean);
  return (
    <Breadcrumbs
      items={[
        { label: group.label },
        { label: item.label, href: item.href },
        ...rest.map((segment) => ({ label: segmentLabel(segment) })),
      ]}
    />
  );
}

/** Ids stay as they are; a word of ours becomes a label. */
function segmentLabel(segment: string): string {
  if (/^[a-z-]+$/.test(segment))
    return segment.charAt(0).toUpperCase() + segment.slice(1).replaceAll("-", " ");
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
