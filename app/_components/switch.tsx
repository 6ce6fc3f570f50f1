import type { ComponentProps, ReactNode } from "react";
import { Choice } from "./choice";
import { cn } from "./cn";

type SwitchProps = Omit<ComponentProps<"input">, "type" | "role"> & {
  label?: ReactNode;
  hint?: ReactNode;
};

/** A native checkbox underneath: it submits with a form and needs no JavaScript. */
export function Switch({ label, hint, className, ...props }: SwitchProps) {
  const control = (
    <span className="relative inline-flex h-6 w-9 shrink-0 items-center">
      <input
        type="checkbox"
        role="switch"
        className={cn(
          "peer h-5 w-9 appearance-none rounded-full border border-edge bg-sunken transition-colors",
          "before:absolute before:inset-0 before:content-['']",
          "checked:border-accent checked:bg-accent disabled:opacity-50",
        )}
        {...props}
      />
      <span
        aria-hidden="true"
        className="pointer-events-none absolute left-[3px] size-3.5 rounded-full bg-edge transition-transform peer-checked:translate-x-4 peer-checked:bg-on-accent"
      />
    </span>
  );
  return (
    <Choice label={label} hint={hint} control={control} isControlLast className={cn("gap-6", className)} />
  );
}
