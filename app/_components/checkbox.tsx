import { Check, Minus } from "lucide-react";
import type { ComponentProps, ReactNode } from "react";
import { Choice } from "./choice";
import { cn } from "./cn";

type CheckboxProps = Omit<ComponentProps<"input">, "type"> & {
  label?: ReactNode;
  hint?: ReactNode;
};

export function Checkbox({ label, hint, className, ...props }: CheckboxProps) {
  const control = (
    <span className={cn("relative grid size-6 shrink-0 place-items-center", label && "-ml-1")}>
      <input
        type="checkbox"
        className={cn(
          "peer absolute inset-0 m-auto size-4 appearance-none rounded-sm border border-edge bg-surface transition-colors",
          // The target is 24 px, the box 16.
          "before:absolute before:-inset-[5px] before:content-['']",
          "checked:border-accent checked:bg-accent indeterminate:border-accent indeterminate:bg-accent",
          "hover:border-accent aria-invalid:border-danger disabled:opacity-50",
        )}
        {...props}
      />
      <Check
        aria-hidden="true"
        strokeWidth={3}
        className="pointer-events-none relative hidden size-3 text-on-accent peer-checked:block peer-indeterminate:hidden"
      />
      <Minus
        aria-hidden="true"
        strokeWidth={3}
        className="pointer-events-none relative hidden size-3 text-on-accent peer-indeterminate:block"
      />
    </span>
  );
  return <Choice label={label} hint={hint} control={control} className={cn("gap-1.5", className)} />;
}
