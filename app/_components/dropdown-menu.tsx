"use client";

import Link from "next/link";
import { Slot } from "radix-ui/slot";
import { type ReactNode, useId } from "react";
import { cn } from "./cn";
import { useMenu } from "./use-menu";

export const menuItemClass = cn(
  "flex min-h-8 w-full select-none items-center gap-2.5 rounded-md px-2 py-1 text-left outline-none",
  "focus:bg-sunken focus-visible:outline-2 focus-visible:-outline-offset-2 aria-disabled:opacity-50",
  "[&_svg]:size-4 [&_svg]:shrink-0 [&_svg]:text-muted",
);

type DropdownMenuProps = {
  /** A button. */
  trigger: ReactNode;
  /** Names the menu for screen readers. */
  label?: string;
  align?: "start" | "end";
  className?: string;
  children: ReactNode;
};

/** On the browser's own popover: nothing clips it, and a click elsewhere or Escape closes it. */
export function DropdownMenu(props: DropdownMenuProps) {
  const { trigger, label = "Menu", align = "end", className, children } = props;
  const id = useId();
  const { isOpen, triggerProps, menuProps } = useMenu(id, align);
  return (
    <>
      <Slot {...triggerProps}>{trigger}</Slot>
      <div
        {...menuProps}
        aria-label={label}
        className={cn(
          "fixed inset-auto min-w-44 animate-pop-in overflow-y-auto rounded-lg border bg-surface p-1 text-ink text-sm shadow-pop outline-none",
          className,
        )}
      >
        {isOpen && children}
      </div>
    </>
  );
}

type ItemProps = {
  icon?: ReactNode;
  tone?: "neutral" | "danger";
  href?: string;
  onSelect?: () => void;
  isDisabled?: boolean;
  children: ReactNode;
};

export function DropdownMenuItem(props: ItemProps) {
  const { icon, tone, href, onSelect, isDisabled, children } = props;
  const look = cn(
    menuItemClass,
    tone === "danger" && "text-danger-ink focus:bg-danger-soft [&_svg]:text-danger-ink",
  );
  if (href && !isDisabled) {
    return (
      <Link href={href} role="menuitem" tabIndex={-1} onClick={onSelect} className={look}>
        {icon}
        {children}
      </Link>
    );
  }
  return (
    <button
      type="button"
      role="menuitem"
      tabIndex={-1}
      aria-disabled={isDisabled}
      onClick={isDisabled ? undefined : onSelect}
      className={look}
    >
      {icon}
      {children}
    </button>
  );
}

export function DropdownMenuLabel({ children }: { children: ReactNode }) {
  return (
    <p role="presentation" className="px-2 py-1.5 font-medium text-muted text-xs">
      {children}
    </p>
  );
}

export function DropdownMenuSeparator() {
  return <hr className="-mx-1 my-1" />;
}
