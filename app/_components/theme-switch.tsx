"use client";

import { Monitor, Moon, Sun } from "lucide-react";
import { useId } from "react";
import { applyTheme, themes, useTheme } from "./theme";

export const themeLooks = {
  system: { label: "System", Icon: Monitor },
  light: { label: "Light", Icon: Sun },
  dark: { label: "Dark", Icon: Moon },
};

export function ThemeSwitch() {
  const current = useTheme();
  const name = useId();
  return (
    <fieldset className="inline-flex rounded-md border bg-sunken p-0.5">
      <legend className="sr-only">Theme</legend>
      {themes.map((theme) => {
        const { label, Icon } = themeLooks[theme];
        return (
          <label
            key={theme}
            className="relative flex h-7 items-center gap-1.5 rounded-sm px-2.5 font-medium text-[13px] text-muted has-checked:bg-surface has-checked:text-ink has-checked:ring-1 has-checked:ring-line-strong has-focus-visible:outline-2 has-focus-visible:outline-accent"
          >
            <input
              type="radio"
              name={name}
              value={theme}
              checked={theme === current}
              onChange={() => applyTheme(theme)}
              className="absolute inset-0 appearance-none outline-none"
            />
            <Icon aria-hidden="true" className="size-3.5" />
            {label}
          </label>
        );
      })}
    </fieldset>
  );
}
