import type { ReactNode } from "react";
import { cn } from "./cn";

type CardProps = {
  title?: ReactNode;
  description?: ReactNode;
  action?: ReactNode;
  footer?: ReactNode;
  tone?: "neutral" | "danger";
  /** For tables and lists that bring their own edges. */
  isFlush?: boolean;
  className?: string;
  children?: ReactNode;
};

export function Card(props: CardProps) {
  const { title, description, action, footer, tone, isFlush, className, children } = props;
  const line = tone === "danger" ? "border-danger-line" : "border-line";
  return (
    <section className={cn("rounded-lg border bg-surface", line, className)}>
      {(title || action) && (
        <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-2 px-5 pt-4">
          <div className="min-w-0">
            {title && <h2 className="font-semibold leading-6">{title}</h2>}
            {description && <p className="max-w-prose text-muted">{description}</p>}
          </div>
          {action}
        </div>
      )}
      {children && <div className={isFlush ? "pt-4" : "px-5 py-4"}>{children}</div>}
      {footer && (
        <div
          className={cn(
            "flex flex-wrap items-center justify-between gap-3 rounded-b-lg border-t bg-canvas px-5 py-3 text-muted",
            line,
          )}
        >
          {footer}
        </div>
      )}
    </section>
  );
}
