import type { ReactNode } from "react";
import { cn } from "./cn";

type StatProps = {
  label: ReactNode;
  value: ReactNode;
  hint?: ReactNode;
  className?: string;
};

export function Stat({ label, value, hint, className }: StatProps) {
  return (
    <dl className={cn("rounded-lg border bg-surface px-5 py-4", className)}>
      <dt className="text-[13px] text-muted">{label}</dt>
      <dd className="mt-1 font-semibold text-2xl leading-8 tracking-tight">{value}</dd>
      {hint && <dd className="mt-0.5 text-[13px] text-muted">{hint}</dd>}
    </dl>
  );
}
