import { ChevronDown } from "lucide-react";
import type { ComponentProps } from "react";
import { cn } from "./cn";
import { controlClass } from "./control";

export type SelectOption = { value: string; label: string; isDisabled?: boolean };

type SelectProps = ComponentProps<"select"> & { options?: readonly SelectOption[] };

/** The native list: it works on phones, with the keyboard and without JavaScript. */
export function Select({ className, options, children, ...props }: SelectProps) {
  return (
    <span className={cn("relative block", className)}>
      <select className={cn(controlClass, "h-9 appearance-none pr-8")} {...props}>
        {options?.map((option) => (
          <option key={option.value} value={option.value} disabled={option.isDisabled}>
            {option.label}
          </option>
        ))}
        {children}
      </select>
      <ChevronDown
        aria-hidden="true"
        className="pointer-events-none absolute top-1/2 right-2.5 size-4 -translate-y-1/2 text-muted"
      />
    </span>
  );
}
