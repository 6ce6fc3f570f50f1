"use client";

import type { ComponentProps, ReactNode } from "react";
import { Field } from "@/app/_components/field";
import { Input } from "@/app/_components/input";
import { Textarea } from "@/app/_components/textarea";

type DraftInputProps = Pick<
  ComponentProps<"input">,
  "inputMode" | "placeholder" | "maxLength" | "className"
> & {
  label: ReactNode;
  hint?: ReactNode;
  fault: string | undefined;
  value: string;
  onValue: (value: string) => void;
};

export const DraftInput = ({ label, hint, fault, onValue, className, ...input }: DraftInputProps) => (
  <Field label={label} hint={hint} error={fault} className={className}>
    <Input autoComplete="off" {...input} onChange={(event) => onValue(event.target.value)} />
  </Field>
);

type DraftLinesProps = Omit<DraftInputProps, "inputMode"> & { rows?: number };

/** One value on each line: values may contain commas. */
export const DraftLines = ({ label, hint, fault, onValue, className, ...input }: DraftLinesProps) => (
  <Field label={label} hint={hint} error={fault} className={className}>
    <Textarea
      autoComplete="off"
      spellCheck={false}
      {...input}
      onChange={(event) => onValue(event.target.value)}
    />
  </Field>
);
