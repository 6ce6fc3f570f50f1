"use client";

import { PanelLeft } from "lucide-react";
import Link from "next/link";
import { useState } from "react";
import { cn } from "./cn";
import { IconButton } from "./icon-button";
import { Mark } from "./mark";
import type { NavGroup } from "./nav";
import { NavList } from "./nav-list";
import { writeCookie } from "./write-cookie";

type ShellNavProps = { groups: readonly NavGroup[]; initiallyCollapsed: boolean };

/** The sidebar from tablets up; on phones it is the sheet in shell-nav-sheet.tsx. */
export function ShellNav({ groups, initiallyCollapsed }: ShellNavProps) {
  const [isCollapsed, setIsCollapsed] = useState(initiallyCollapsed);

  function toggle() {
    // The server reads it, so the next page comes in the right width at once.
    writeCookie("nav", isCollapsed ? null : "collapsed");
    setIsCollapsed(!isCollapsed);
  }

  return (
    <aside
      className={cn(
        "sticky top-0 hidden h-dvh shrink-0 flex-col border-r bg-canvas md:flex print:hidden",
        isCollapsed ? "w-14" : "w-60",
      )}
    >
      <div className="flex h-14 shrink-0 items-center px-4">
        <Link
          href="/"
          aria-label="Adyton, start page"
          className="flex items-center gap-2.5 rounded-sm font-semibold text-[15px] tracking-tight"
        >
          <Mark />
          {!isCollapsed && "Adyton"}
        </Link>
      </div>
      <div className="min-h-0 flex-1 overflow-y-auto px-2 py-2">
        <NavList groups={groups} isCollapsed={isCollapsed} />
      </div>
      <div className="shrink-0 px-3 py-3">
        <IconButton
          label={isCollapsed ? "Widen the sidebar" : "Narrow the sidebar"}
          aria-expanded={!isCollapsed}
          title={isCollapsed ? "Widen the sidebar" : "Narrow the sidebar"}
          onClick={toggle}
        >
          <PanelLeft aria-hidden="true" />
        </IconButton>
      </div>
    </aside>
  );
}
