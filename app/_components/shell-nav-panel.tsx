"use client";

import type { NavGroup } from "./nav";
import { NavList } from "./nav-list";
import { Sheet } from "./sheet";

type ShellNavPanelProps = { groups: readonly NavGroup[]; onClose: () => void };

export function ShellNavPanel({ groups, onClose }: ShellNavPanelProps) {
  return (
    <Sheet open side="left" title="Adyton" onOpenChange={onClose}>
      <div className="-mx-2">
        <NavList groups={groups} onNavigate={onClose} />
      </div>
    </Sheet>
  );
}
