import type { ReactNode } from "react";
import { LinkButton } from "./button";

type PagerProps = {
  /** Pass it on every page but the first. */
  firstHref?: string;
  /** Pass it when there is more. */
  nextHref?: string;
  /** For example "50 of 1,204 users". */
  summary?: ReactNode;
  label?: string;
};

export function Pager({ firstHref, nextHref, summary, label = "Pages" }: PagerProps) {
  if (!firstHref && !nextHref && !summary) return null;
  return (
    <nav aria-label={label} className="mt-3 flex min-h-8 items-center justify-between gap-4">
      <p className="text-[13px] text-muted tabular-nums">{summary}</p>
      <div className="flex gap-2">
        {firstHref && (
          <LinkButton size="sm" href={firstHref} prefetch={false}>
            First page
          </LinkButton>
        )}
        {nextHref && (
          <LinkButton size="sm" href={nextHref} prefetch={false} rel="next">
            Next page
          </LinkButton>
        )}
      </div>
    </nav>
  );
}
