"use client";

import { Check, LogOut, MonitorSmartphone, User } from "lucide-react";
import type { ComponentProps, ReactNode } from "react";
import {
  DropdownMenu,
  DropdownMenuItem,
  DropdownMenuLabel,
  DropdownMenuSeparator,
  menuItemClass,
} from "./dropdown-menu";
import { applyTheme, themes, useTheme } from "./theme";
import { themeLooks } from "./theme-switch";

type AccountMenuProps = {
  user: { name: string; email: string };
  onSignOut?: () => void | Promise<void>;
  /** More DropdownMenuItems, above the theme. */
  children?: ReactNode;
};

export function AccountMenu({ user, onSignOut, children }: AccountMenuProps) {
  const name = user.name || user.email;
  return (
    <DropdownMenu label="Account" className="w-60" trigger={<Trigger name={name} />}>
      <div role="presentation" className="px-2 py-1.5">
        <p className="truncate font-medium">{name}</p>
        {user.name && <p className="truncate text-[13px] text-muted">{user.email}</p>}
      </div>
      <DropdownMenuSeparator />
      <DropdownMenuItem href="/account" icon={<User aria-hidden="true" />}>
        Account
      </DropdownMenuItem>
      <DropdownMenuItem href="/account/sessions" icon={<MonitorSmartphone aria-hidden="true" />}>
        Sessions
      </DropdownMenuItem>
      {children}
      <DropdownMenuSeparator />
      <ThemeItems />
      {onSignOut && (
        <>
          <DropdownMenuSeparator />
          <DropdownMenuItem icon={<LogOut aria-hidden="true" />} onSelect={() => void onSignOut()}>
            Sign out
          </DropdownMenuItem>
        </>
      )}
    </DropdownMenu>
  );
}

/** Not ThemeSwitch: inside a menu, choices must be menu items. */
function ThemeItems() {
  const current = useTheme();
  return (
    <div role="group" aria-label="Theme">
      <DropdownMenuLabel>Theme</DropdownMenuLabel>
      {themes.map((theme) => {
        const { label, Icon } = themeLooks[theme];
        return (
          <button
            key={theme}
            type="button"
            role="menuitemradio"
            tabIndex={-1}
            aria-checked={theme === current}
            onClick={() => applyTheme(theme)}
            className={menuItemClass}
          >
            <Icon aria-hidden="true" />
            {label}
            {theme === current && <Check aria-hidden="true" className="ml-auto" />}
          </button>
        );
      })}
    </div>
  );
}

function Trigger({ name, ...props }: ComponentProps<"button"> & { name: string }) {
  return (
    <button
      type="button"
      aria-label={`Account of ${name}`}
      className="grid size-8 shrink-0 place-items-center rounded-full border border-accent-line bg-accent-soft font-semibold text-accent-ink text-xs hover:border-accent"
      {...props}
    >
      {initials(name)}
    </button>
  );
}

function initials(name: string): string {
  const words = name.split(/[\s@._-]+/).filter(Boolean);
  const letters = words.slice(0, 2).map((word) => [...word][0] ?? "");
  return letters.join("").toUpperCase();
}
