"use client";

import { type KeyboardEvent, type MouseEvent, type ToggleEvent, useEffect, useRef, useState } from "react";
import { flushSync } from "react-dom";
import { captureEscape } from "./capture-escape";

const GAP = 4;
const EDGE = 8;

/** Keys, place and state of a menu; opening and closing is the browser's (popovertarget). */
export function useMenu(id: string, align: "start" | "end") {
  const [isOpen, setIsOpen] = useState(false);
  const trigger = useRef<HTMLButtonElement>(null);
  const menu = useRef<HTMLDivElement>(null);
  const typed = useRef({ text: "", at: 0 });

  useEffect(() => {
    if (!isOpen) return;
    const follow = () => menu.current && trigger.current && place(menu.current, trigger.current, align);
    window.addEventListener("scroll", follow, true);
    window.addEventListener("resize", follow);
    const release = captureEscape(() => menu.current?.hidePopover());
    return () => {
      window.removeEventListener("scroll", follow, true);
      window.removeEventListener("resize", follow);
      release();
    };
  }, [isOpen, align]);

  function onBeforeToggle(event: ToggleEvent<HTMLDivElement>) {
    if (event.newState !== "open") return;
    // The items must be there when the browser shows the menu, not a frame later.
    flushSync(() => setIsOpen(true));
    if (trigger.current) place(event.currentTarget, trigger.current, align);
  }

  function onToggle(event: ToggleEvent<HTMLDivElement>) {
    // Only now: had the focused item gone before, the browser could not give the focus back.
    if (event.newState === "closed") setIsOpen(false);
    else (listItems(event.currentTarget)[0] ?? event.currentTarget).focus();
  }

  function onKeyDown(event: KeyboardEvent<HTMLDivElement>) {
    if (event.key === "Tab") menu.current?.hidePopover();
    const items = listItems(event.currentTarget);
    const next = findNext(items, event.key) ?? findTyped(items, event.key, typed.current);
    if (!next) return;
    event.preventDefault();
    next.focus();
  }

  function onClick(event: MouseEvent) {
    const item = (event.target as Element).closest('[role="menuitem"]:not([aria-disabled="true"])');
    if (item) menu.current?.hidePopover();
  }

  return {
    isOpen,
    triggerProps: {
      ref: trigger,
      popoverTarget: id,
      "aria-haspopup": "menu" as const,
      "aria-expanded": isOpen,
      onKeyDown: (event: KeyboardEvent) => {
        if (event.key !== "ArrowDown" || isOpen) return;
        event.preventDefault();
        menu.current?.showPopover();
      },
    },
    menuProps: {
      ref: menu,
      id,
      popover: "auto" as const,
      role: "menu",
      tabIndex: -1,
      onBeforeToggle,
      onToggle,
      onKeyDown,
      // The capture phase: the menu is closed before an item opens a dialog.
      onClickCapture: onClick,
      onPointerMove: (event: { target: EventTarget }) => {
        const item = (event.target as Element).closest<HTMLElement>('[role^="menuitem"]');
        if (item !== document.activeElement) item?.focus({ preventScroll: true });
      },
    },
  };
}

function listItems(menu: HTMLElement): HTMLElement[] {
  return [...menu.querySelectorAll<HTMLElement>('[role^="menuitem"]:not([aria-disabled="true"])')];
}

function findNext(items: HTMLElement[], key: string): HTMLElement | undefined {
  const index = items.indexOf(document.activeElement as HTMLElement);
  if (key === "ArrowDown") return items[(index + 1) % items.length];
  if (key === "ArrowUp") return items.at(index <= 0 ? -1 : index - 1);
  if (key === "Home") return items[0];
  if (key === "End") return items.at(-1);
}

function findTyped(items: HTMLElement[], key: string, typed: { text: string; at: number }) {
  if (key.length !== 1 || key === " ") return;
  typed.text = Date.now() - typed.at < 500 ? typed.text + key.toLowerCase() : key.toLowerCase();
  typed.at = Date.now();
  return items.find((item) => item.textContent?.trim().toLowerCase().startsWith(typed.text));
}

/** Below the button, or above when there is more room: known without measuring the menu. */
function place(menu: HTMLElement, trigger: HTMLElement, align: "start" | "end") {
  const rect = trigger.getBoundingClientRect();
  const { clientWidth: width, clientHeight: height } = document.documentElement;
  const below = height - rect.bottom - GAP - EDGE;
  const above = rect.top - GAP - EDGE;
  const isBelow = below >= 280 || below >= above;
  menu.style.top = isBelow ? `${rect.bottom + GAP}px` : "auto";
  menu.style.bottom = isBelow ? "auto" : `${height - rect.top + GAP}px`;
  menu.style.left = align === "start" ? `${Math.max(EDGE, rect.left)}px` : "auto";
  menu.style.right = align === "end" ? `${Math.max(EDGE, width - rect.right)}px` : "auto";
  menu.style.maxHeight = `${isBelow ? below : above}px`;
}
