"use client";

import { startTransition, useOptimistic } from "react";
import { cn } from "./cn";
import { Select, type SelectOption } from "./select";
import { useQueryParam } from "./use-query-param";

type FilterSelectProps = {
  label: string;
  param: string;
  options: readonly SelectOption[];
  /** The choice that filters nothing. */
  allLabel?: string;
  className?: string;
};

export function FilterSelect(props: FilterSelectProps) {
  const { label, param, options, allLabel = "All", className } = props;
  const { value, set, isPending } = useQueryParam(param);
  // The list answers at once, the rows when they arrive.
  const [shown, show] = useOptimistic(value);
  return (
    <Select
      aria-label={label}
      aria-busy={isPending}
      value={shown}
      onChange={(event) => {
        const next = event.target.value;
        startTransition(() => {
          show(next);
          set(next);
        });
      }}
      className={cn("w-full sm:w-44", className)}
    >
      <option value="">{allLabel}</option>
      {options.map((option) => (
        <option key={option.value} value={option.value} disabled={option.isDisabled}>
          {option.label}
        </option>
      ))}
    </Select>
  );
}
