"use client";

import type { ComponentProps } from "react";
import { Button } from "@/app/_components/button";
import { cn } from "@/app/_components/cn";
import { useIsReady } from "@/app/_components/use-is-ready";
import { formatCountdown } from "./use-seconds-left";

type SubmitButtonProps = ComponentProps<typeof Button> & {
  /** Of a limit: how long until another try is accepted. */
  secondsLeft?: number;
};

/** Waits until this code runs: before that, the browser would send the form somewhere by itself. */
export function SubmitButton({
  secondsLeft = 0,
  disabled = false,
  className,
  children,
  ...props
}: SubmitButtonProps) {
  const isReady = useIsReady();
  return (
    <Button
      variant="primary"
      {...props}
      type="submit"
      disabled={disabled || !isReady || secondsLeft > 0}
      className={cn("tabular-nums", !isReady && !disabled && "disabled:opacity-100", className)}
    >
      {secondsLeft > 0 ? `Try again in ${formatCountdown(secondsLeft)}` : children}
    </Button>
  );
}
