"use client";

import { type ReactNode, useId } from "react";
import { Checkbox } from "./checkbox";
import { CopyButton } from "./copy-button";
import { Input } from "./input";
import { Label } from "./label";

type SecretOnceProps = {
  label: string;
  value: string;
  /** Why it is shown once, and where to put it. */
  explanation: ReactNode;
  /** Let the dialog close only once this says true. */
  onStoredChange?: (isStored: boolean) => void;
};

export function SecretOnce({ label, value, explanation, onStoredChange }: SecretOnceProps) {
  const id = useId();
  return (
    <div className="space-y-3">
      <div className="space-y-1.5">
        <Label htmlFor={id}>{label}</Label>
        <div className="flex gap-2">
          <Input
            id={id}
            readOnly
            value={value}
            aria-describedby={`${id}-why`}
            onFocus={(event) => event.target.select()}
            spellCheck={false}
            autoComplete="off"
            className="font-mono sm:text-[13px]"
          />
          <CopyButton value={value} label={label} look="button" />
        </div>
        <p id={`${id}-why`} className="text-[13px] text-muted">
          {explanation}
        </p>
      </div>
      {onStoredChange && (
        <Checkbox label="I have stored it" onChange={(event) => onStoredChange(event.target.checked)} />
      )}
    </div>
  );
}
