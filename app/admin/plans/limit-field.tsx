"use client";

import type { ComponentProps } from "react";
import { Checkbox } from "@/app/_components/checkbox";
import { Field } from "@/app/_components/field";
import { Input } from "@/app/_components/input";
import type { limitWords } from "./limit-words";

type LimitFieldProps = Pick<ComponentProps<"input">, "name" | "onChange" | "onBlur"> & {
  words: (typeof limitWords)[number];
  value: number | null;
  isUnlimited: boolean;
  onUnlimited: (isUnlimited: boolean) => void;
  error: string | undefined;
};

/** A number, or none at all: then the field is shut and sends nothing. */
export function LimitField(props: LimitFieldProps) {
  const { words, value, isUnlimited, onUnlimited, error, ...field } = props;
  return (
    <div className="grid grid-cols-[minmax(0,1fr)_auto] items-start gap-x-4">
      <Field label={words.label} hint={words.hint} error={isUnlimited ? undefined : error}>
        <Input
          {...field}
          defaultValue={value ?? ""}
          disabled={isUnlimited}
          inputMode="numeric"
          autoComplete="off"
          className="tabular-nums"
        />
      </Field>
      <span className="mt-8">
        <Checkbox
          label={
            <span className="font-normal">
              No limit<span className="sr-only">: {words.label}</span>
            </span>
          }
          checked={isUnlimited}
          onChange={(event) => onUnlimited(event.target.checked)}
        />
      </span>
    </div>
  );
}
