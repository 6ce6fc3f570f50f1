"use client";

import { Eye, EyeOff } from "lucide-react";
import { type ComponentProps, useId, useState } from "react";
import { cn } from "./cn";
import { Input } from "./input";
import { explainPassword } from "./password-strength";

type PasswordInputProps = Omit<ComponentProps<typeof Input>, "type"> & {
  autoComplete: "current-password" | "new-password";
  /** Shows how good the password is, in words. For new passwords only. */
  hasMeter?: boolean;
  hasSecondFactor?: boolean;
};

export function PasswordInput({
  hasMeter = false,
  hasSecondFactor = false,
  className,
  onChange,
  ...props
}: PasswordInputProps) {
  const [isShown, setIsShown] = useState(false);
  const [typed, setTyped] = useState(String(props.value ?? props.defaultValue ?? ""));
  const meterId = useId();
  const describedBy = [props["aria-describedby"], hasMeter && meterId].filter(Boolean).join(" ");
  const Icon = isShown ? EyeOff : Eye;

  return (
    <div className={className}>
      <div className="relative">
        <Input
          spellCheck={false}
          autoCapitalize="none"
          autoCorrect="off"
          {...props}
          type={isShown ? "text" : "password"}
          className="pr-10"
          aria-describedby={describedBy || undefined}
          onChange={(event) => {
            setTyped(event.target.value);
            onChange?.(event);
          }}
        />
        <button
          type="button"
          aria-pressed={isShown}
          aria-label="Show password"
          onClick={() => setIsShown(!isShown)}
          className="absolute inset-y-1 right-1 grid w-8 place-items-center rounded-sm text-muted hover:text-ink focus-visible:outline-offset-0"
        >
          <Icon aria-hidden="true" className="size-4" />
        </button>
      </div>
      {hasMeter && <Meter id={meterId} password={typed} hasSecondFactor={hasSecondFactor} />}
    </div>
  );
}

const tones = ["bg-line", "bg-danger", "bg-warning", "bg-success"];

type MeterProps = { id: string; password: string; hasSecondFactor: boolean };

function Meter({ id, password, hasSecondFactor }: MeterProps) {
  const { level, text } = explainPassword(password, hasSecondFactor);
  const length = [...password].length;
  return (
    <div className="mt-2">
      <div aria-hidden="true" className="flex items-center gap-1">
        {[1, 2, 3].map((step) => (
          <span
            key={step}
            className={cn("h-1 flex-1 rounded-full", step <= level ? tones[level] : "bg-line")}
          />
        ))}
        <span className="ml-2 min-w-5 text-right text-muted text-xs tabular-nums">{length}</span>
      </div>
      {/* The sentence changes only with the level, so a screen reader is not read to at every key. */}
      <p id={id} aria-live="polite" className="mt-1.5 min-h-10 text-[13px] text-muted">
        {text}
      </p>
    </div>
  );
}
