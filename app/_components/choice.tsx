import type { ReactNode } from "react";
import { cn } from "./cn";

type ChoiceProps = {
  label?: ReactNode;
  hint?: ReactNode;
  control: ReactNode;
  className?: string;
  isControlLast?: boolean;
};

/** The row around a checkbox or switch: the words belong to the target. */
export function Choice({ label, hint, control, className, isControlLast = false }: ChoiceProps) {
  if (!label) return control;
  return (
    <label className={cn("flex min-h-6 items-start gap-3", isControlLast && "justify-between", className)}>
      {!isControlLast && control}
      <span className="min-w-0">
        <span className="block font-medium leading-6">{label}</span>
        {hint && <span className="block text-muted">{hint}</span>}
      </span>
      {isControlLast && control}
    </label>
  );
}
