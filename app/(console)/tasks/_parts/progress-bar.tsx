import { cn } from "@/app/_components/cn";

type ProgressBarProps = {
  /** What progresses; or the id of the element that says it. */
  label?: string;
  labelledBy?: string;
  /** Without it nobody knows how far it is. */
  percent: number | undefined;
  tone?: "accent" | "success" | "warning" | "danger" | "quiet";
  className?: string;
};

const tones = {
  accent: "bg-accent",
  success: "bg-success",
  warning: "bg-warning",
  danger: "bg-danger",
  quiet: "bg-edge",
};

export function ProgressBar({ label, labelledBy, percent, tone = "accent", className }: ProgressBarProps) {
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-labelledby={labelledBy}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={percent}
      className={cn("h-2 overflow-hidden rounded-full bg-sunken", className)}
    >
      <div
        className={cn("h-full rounded-full", tones[tone], percent === undefined && "animate-pulse")}
        style={{ width: `${percent ?? 100}%` }}
      />
    </div>
  );
}
