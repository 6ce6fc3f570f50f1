import type { ReactNode } from "react";
import { cn } from "./cn";

const tones = {
  neutral: "border-line bg-sunken text-muted",
  accent: "border-accent-line bg-accent-soft text-accent-ink",
  success: "border-success-line bg-success-soft text-success-ink",
  warning: "border-warning-line bg-warning-soft text-warning-ink",
  danger: "border-danger-line bg-danger-soft text-danger-ink",
};

export type Tone = keyof typeof tones;

type BadgeProps = { tone?: Tone; hasDot?: boolean; className?: string; children: ReactNode };

export function Badge({ tone = "neutral", hasDot = false, className, children }: BadgeProps) {
  return (
    <span
      className={cn(
        "inline-flex h-5 items-center gap-1.5 align-middle rounded-md border px-1.5 font-medium text-xs whitespace-nowrap",
        tones[tone],
        className,
      )}
    >
      {hasDot && <span aria-hidden="true" className="size-1.5 rounded-full bg-current" />}
      {children}
    </span>
  );
}
