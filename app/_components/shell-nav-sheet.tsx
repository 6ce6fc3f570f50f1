"use client";

import { Menu } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { IconButton } from "./icon-button";
import type { NavGroup } from "./nav";

const load = () => import("./shell-nav-panel");
const ShellNavPanel = lazy(load);

/** The sidebar of phones; fetched when wanted, because screens never need it. */
export function ShellNavSheet({ groups }: { groups: readonly NavGroup[] }) {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <>
      <IconButton
        label="Open the menu"
        aria-haspopup="dialog"
        aria-expanded={isOpen}
        onPointerDown={load}
        onClick={() => setIsOpen(true)}
        className="-ml-2 md:hidden"
      >
        <Menu aria-hidden="true" />
      </IconButton>
      {isOpen && (
        <Suspense>
          <ShellNavPanel groups={groups} onClose={() => setIsOpen(false)} />
        </Suspense>
      )}
    </>
  );
}
