"use client";

import { type KeyboardEvent, type ReactNode, useId, useState } from "react";
import { cn } from "./cn";
import { CopyButton } from "./copy-button";

type Tab = { label: string; code: string };

type CodeBlockProps = {
  /** Either one code … */
  code?: string;
  /** … or several of the same call, for example curl, Python, JavaScript. */
  tabs?: readonly Tab[];
  /** Names the code above it and for screen readers. */
  label?: string;
  className?: string;
};

export function CodeBlock({ code = "", tabs, label = "Code", className }: CodeBlockProps) {
  const id = useId();
  const [openLabel, setOpenLabel] = useState(tabs?.[0]?.label);
  const open = tabs?.find((tab) => tab.label === openLabel) ?? tabs?.[0];
  const text = open?.code ?? code;
  return (
    <div className={cn("overflow-hidden rounded-lg border bg-surface", className)}>
      <div className="flex h-10 items-center justify-between gap-2 border-b bg-sunken px-1.5">
        {tabs && open ? (
          <TabList id={id} label={label} tabs={tabs} open={open} onOpen={setOpenLabel} />
        ) : (
          <p className="px-2 font-medium text-[13px] text-muted">{label}</p>
        )}
        <CopyButton value={text} label={open?.label ?? label} className="size-7" />
      </div>
      {/* Focusable, so that long lines scroll with the keyboard. */}
      <section
        id={`${id}-code`}
        role={open ? "tabpanel" : "region"}
        aria-label={open ? `${label}: ${open.label}` : label}
        tabIndex={0}
        className="overflow-x-auto focus-visible:-outline-offset-2"
      >
        <pre className="w-max min-w-full px-4 py-3 font-mono text-[13px] leading-5">
          <code>{text}</code>
        </pre>
      </section>
    </div>
  );
}

type TabListProps = {
  id: string;
  label: string;
  tabs: readonly Tab[];
  open: Tab;
  onOpen: (label: string) => void;
};

function TabList({ id, label, tabs, open, onOpen }: TabListProps): ReactNode {
  function onKeyDown(event: KeyboardEvent<HTMLDivElement>) {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const index = (tabs.indexOf(open) + step + tabs.length) % tabs.length;
    onOpen(tabs[index]?.label ?? open.label);
    (event.currentTarget.children[index] as HTMLElement | undefined)?.focus();
  }
  return (
    <div
      role="tablist"
      aria-label={label}
      onKeyDown={onKeyDown}
      className="flex min-w-0 gap-1 overflow-x-auto"
    >
      {tabs.map((tab) => (
        <button
          key={tab.label}
          type="button"
          role="tab"
          aria-selected={tab === open}
          aria-controls={`${id}-code`}
          tabIndex={tab === open ? 0 : -1}
          onClick={() => onOpen(tab.label)}
          className="h-7 rounded-md border border-transparent px-2 font-medium text-[13px] text-muted hover:text-ink focus-visible:-outline-offset-2 aria-selected:border-line aria-selected:bg-surface aria-selected:text-ink"
        >
          {tab.label}
        </button>
      ))}
    </div>
  );
}
