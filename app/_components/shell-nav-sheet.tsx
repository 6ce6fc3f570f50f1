"use client";

import { Menu } from "lucide-react";
import { IconButton } from "./icon-button";
import type { NavGroup } from "./nav";
import { useLate } from "./use-late";

const load = () => import("./shell-nav-panel");

/** The sidebar of phones; fetched when wanted, because screens never need it. */
export function ShellNavSheet({ groups }: { groups: readonly NavGroup[] }) {
  const { opened, open, close } = useLate(load);
  return (
    <>
      <IconButton
        label="Open the menu"
        aria-haspopup="dialog"
        aria-expanded={opened !== undefined}
        onPointerDown={load}
        onClick={() => open(undefined)}
        className="-ml-2 md:hidden"
      >
        <Menu aria-hidden="true" />
      </IconButton>
      {opened && <opened.module.ShellNavPanel groups={groups} onClose={close} />}
    </>
  );
}
