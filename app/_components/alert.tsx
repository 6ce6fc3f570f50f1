import { CircleAlert, CircleCheck, Info, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { cn } from "./cn";

const tones = {
  info: { box: "border-accent-line bg-accent-soft", icon: "text-accent-ink", Icon: Info },
  success: { box: "border-success-line bg-success-soft", icon: "text-success-ink", Icon: CircleCheck },
  warning: { box: "border-warning-line bg-warning-soft", icon: "text-warning-ink", Icon: TriangleAlert },
  danger: { box: "border-danger-line bg-danger-soft", icon: "text-danger-ink", Icon: CircleAlert },
};

type AlertProps = {
  tone?: keyof typeof tones;
  title: ReactNode;
  text?: ReactNode;
  action?: ReactNode;
  /** "alert" or "status" when it appears after the page was read. */
  role?: "alert" | "status";
  className?: string;
};

export function Alert({ tone = "info", title, text, action, role, className }: AlertProps) {
  const { box, icon, Icon } = tones[tone];
  return (
    <div role={role} className={cn("flex gap-3 rounded-lg border px-4 py-3", box, className)}>
      <Icon aria-hidden="true" className={cn("mt-0.5 size-4 shrink-0", icon)} />
      <div className="flex min-w-0 flex-1 flex-wrap items-start gap-x-6 gap-y-2">
        <div className="min-w-0 flex-1 basis-60">
          <p className="font-medium">{title}</p>
          {text && <div className="mt-0.5 text-muted">{text}</div>}
        </div>
        {action}
      </div>
    </div>
  );
}
