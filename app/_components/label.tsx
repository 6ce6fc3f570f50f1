import type { ComponentProps } from "react";
import { cn } from "./cn";

type LabelProps = ComponentProps<"label"> & { isOptional?: boolean };

export function Label({ className, isOptional = false, children, ...props }: LabelProps) {
  return (
    <label className={cn("inline-block font-medium text-ink", className)} {...props}>
      {children}
      {isOptional && <span className="ml-1.5 font-normal text-muted">optional</span>}
    </label>
  );
}
