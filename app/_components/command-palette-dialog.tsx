"use client";

import { Search } from "lucide-react";
import { useRouter } from "next/navigation";
import * as Radix from "radix-ui/dialog";
import { type KeyboardEvent, useEffect, useId, useRef, useState } from "react";
import { type CommandItem, groupCommands } from "./command-item";
import { CommandList } from "./command-list";
import { Spinner } from "./spinner";
import { useCommandSearch } from "./use-command-search";
import { useReturnFocus } from "./use-return-focus";

type PaletteDialogProps = {
  items: readonly CommandItem[];
  search?: (query: string) => Promise<readonly CommandItem[]>;
  placeholder?: string;
  onClose: () => void;
};

/** A combobox over a listbox: the focus stays in the input, aria-activedescendant moves. */
export function PaletteDialog(props: PaletteDialogProps) {
  const { items, search, placeholder = "Go to a page", onClose } = props;
  const router = useRouter();
  const returnFocus = useReturnFocus();
  const id = useId();
  const list = useRef<HTMLDivElement>(null);
  const [query, setQuery] = useState("");
  const [active, setActive] = useState(0);
  const { found, isSearching } = useCommandSearch(items, query, search);
  const groups = groupCommands(found);
  const ordered = groups.flatMap((group) => group.items);
  const index = Math.min(active, ordered.length - 1);
  const optionId = (item: CommandItem) => `${id}-${item.id}`;
  const current = ordered[index];

  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: "nearest" });
  });

  function open(item: CommandItem) {
    onClose();
    router.push(item.href);
  }

  function onKeyDown(event: KeyboardEvent) {
    const last = ordered.length - 1;
    // An input method confirms its own suggestion with Enter.
    if (event.nativeEvent.isComposing) return;
    if (event.key === "ArrowDown") setActive(index >= last ? 0 : index + 1);
    else if (event.key === "ArrowUp") setActive(index <= 0 ? Math.max(last, 0) : index - 1);
    else if (event.key === "Enter" && current) open(current);
    else return;
    event.preventDefault();
  }

  return (
    <Radix.Root open onOpenChange={onClose}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 animate-fade-in bg-overlay" />
        <Radix.Content
          {...returnFocus}
          aria-describedby={undefined}
          className="fixed inset-x-3 top-3 z-50 mx-auto flex max-h-[min(28rem,80dvh)] max-w-xl animate-pop-in flex-col overflow-hidden rounded-xl border bg-surface shadow-pop outline-none sm:top-[14vh]"
        >
          <Radix.Title className="sr-only">Search and go to</Radix.Title>
          <div className="flex h-12 shrink-0 items-center gap-3 border-b px-4 text-muted">
            {isSearching ? <Spinner /> : <Search aria-hidden="true" className="size-4" />}
            <input
              role="combobox"
              aria-label="Search and go to"
              aria-expanded={ordered.length > 0}
              aria-controls={`${id}-list`}
              aria-autocomplete="list"
              aria-activedescendant={current && optionId(current)}
              placeholder={placeholder}
              autoComplete="off"
              spellCheck={false}
              value={query}
              onChange={(event) => {
                setQuery(event.target.value);
                setActive(0);
              }}
              onKeyDown={onKeyDown}
              className="h-full min-w-0 flex-1 bg-transparent text-base text-ink outline-none sm:text-sm"
            />
            <kbd className="rounded-sm border px-1 font-sans text-[11px] leading-4">Esc</kbd>
          </div>
          <CommandList
            ref={list}
            id={`${id}-list`}
            groups={groups}
            active={current}
            optionId={optionId}
            onOpen={open}
            onActivate={(item) => setActive(ordered.indexOf(item))}
          />
          {ordered.length === 0 && (
            <p className="px-4 py-8 text-center text-muted">
              {isSearching ? "Searching" : `Nothing is called “${query.trim()}”.`}
            </p>
          )}
          <p role="status" className="sr-only">
            {isSearching ? "Searching" : `${ordered.length} found`}
          </p>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
