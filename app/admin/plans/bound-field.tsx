"use client";

import type { ComponentProps } from "react";
import { Checkbox } from "@/app/_components/checkbox";
import { Field } from "@/app/_components/field";
import { Input } from "@/app/_components/input";
import { type BoundField as Bound, typed } from "./plan-fields";

type BoundFieldProps = Pick<ComponentProps<"input">, "name" | "onChange" | "onBlur"> & {
  bound: Bound;
  currency: string;
  value: number | null;
  isUnbounded: boolean;
  onUnbounded: (isUnbounded: boolean) => void;
  error: string | undefined;
};

/** A number, or none at all: then the field is shut and sends nothing. */
export function BoundField(props: BoundFieldProps) {
  const { bound, currency, value, isUnbounded, onUnbounded, error, ...field } = props;
  const label = bound.isMoney ? `${bound.label}, ${currency}` : bound.label;
  return (
    <div className="grid grid-cols-[minmax(0,1fr)_auto] items-start gap-x-4">
      <Field label={label} hint={bound.hint} error={isUnbounded ? undefined : error}>
        <Input
          {...field}
          defaultValue={typed(value)}
          disabled={isUnbounded}
          inputMode={bound.isMoney ? "decimal" : "numeric"}
          autoComplete="off"
          className="tabular-nums"
        />
      </Field>
      <span className="mt-8">
        <Checkbox
          label={
            <span className="font-normal">
              {bound.none}
              <span className="sr-only">: {label}</span>
            </span>
          }
          checked={isUnbounded}
          onChange={(event) => onUnbounded(event.target.checked)}
        />
      </span>
    </div>
  );
}
