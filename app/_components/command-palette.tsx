"use client";

import { Search } from "lucide-react";
import { useEffect, useEffectEvent } from "react";
import type { CommandItem } from "./command-item";
import { useLate } from "./use-late";

const load = () => import("./command-palette-dialog");

type CommandPaletteProps = {
  items: readonly CommandItem[];
  /** Finds more while one types: users, models, keys, "why was req_… refused?". */
  search?: (query: string) => Promise<readonly CommandItem[]>;
  placeholder?: string;
};

/** The button and the shortcut; the palette itself is fetched when it is first wanted. */
export function CommandPalette({ items, search, placeholder }: CommandPaletteProps) {
  const { opened, open, close } = useLate(load);
  const toggle = useEffectEvent(() => (opened ? close() : void open(undefined)));

  useEffect(() => {
    function onKeyDown(event: KeyboardEvent) {
      if (event.key.toLowerCase() !== "k" || !(event.metaKey || event.ctrlKey)) return;
      if (event.altKey || event.shiftKey) return;
      event.preventDefault();
      toggle();
    }
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, []);

  return (
    <>
      <button
        type="button"
        aria-label="Search and go to"
        aria-keyshortcuts="Control+K Meta+K"
        aria-haspopup="dialog"
        aria-expanded={opened !== undefined}
        onClick={() => open(undefined)}
        onPointerEnter={load}
        onFocus={load}
        className="flex h-8 shrink-0 items-center gap-2 rounded-md px-2 text-muted transition-colors hover:bg-sunken hover:text-ink sm:w-52 sm:border sm:border-line-strong sm:bg-surface sm:hover:bg-surface"
      >
        <Search aria-hidden="true" className="size-4" />
        <span className="hidden flex-1 text-left text-[13px] sm:block">Search</span>
        <kbd className="hidden rounded-sm border px-1 font-sans text-[11px] leading-4 sm:block">Ctrl K</kbd>
      </button>
      {opened && (
        <opened.module.PaletteDialog
          items={items}
          search={search}
          placeholder={placeholder}
          onClose={close}
        />
      )}
    </>
  );
}
