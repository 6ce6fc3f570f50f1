import Link from "next/link";
import { Card } from "@/app/_components/card";
import { cn } from "@/app/_components/cn";
import { numberText } from "./usage-words";

export type RankedRow = {
  id: string;
  label: string;
  value: number;
  href?: string | undefined;
  hint?: string | undefined;
};

type RankedCardProps = {
  title: string;
  /** What the first column names, and what is counted. */
  what: string;
  counted: string;
  rows: readonly RankedRow[];
  /** How the values are written; plain numbers without it. */
  format?: (value: number) => string;
  tone?: "accent" | "danger";
  empty: string;
  className?: string;
};

const shownMax = 8;

/** A table whose rows look like bars: the longest is the first, and the number stands beside each. */
export function RankedCard(props: RankedCardProps) {
  const { title, what, counted, rows, format = numberText, tone = "accent", empty, className } = props;
  const shown = [...rows].sort((one, other) => other.value - one.value).slice(0, shownMax);
  const most = Math.max(...shown.map(({ value }) => value), 0);
  const left = rows.length - shown.length;
  return (
    <Card title={title} className={cn("min-w-0", className)}>
      {shown.length === 0 ? (
        <p className="text-muted">{empty}</p>
      ) : (
        <table className="w-full border-collapse">
          <caption className="sr-only">{title}</caption>
          <thead>
            <tr className="text-[13px] text-muted">
              <th scope="col" className="pb-1.5 text-left font-normal">
                {what}
              </th>
              <th scope="col" className="pb-1.5 text-right font-normal">
                {counted}
              </th>
            </tr>
          </thead>
          <tbody>
            {shown.map((row) => (
              <Bar key={row.id} row={row} text={format(row.value)} most={most} tone={tone} />
            ))}
          </tbody>
        </table>
      )}
      {left > 0 && (
        <p className="pt-2 text-[13px] text-muted">and {numberText(left)} more in the table below</p>
      )}
    </Card>
  );
}

type BarProps = { row: RankedRow; text: string; most: number; tone: "accent" | "danger" };

function Bar({ row, text, most, tone }: BarProps) {
  const { label, href, hint, value } = row;
  return (
    <tr>
      <th scope="row" className="w-full max-w-0 py-0.5 pr-4 text-left font-normal">
        <span className="relative flex h-8 items-center rounded-sm px-2.5">
          <span
            aria-hidden="true"
            className={cn(
              "absolute inset-y-0 left-0 rounded-sm border-l-2",
              tone === "danger" ? "border-danger bg-danger-soft" : "border-accent bg-accent-soft",
            )}
            style={{ width: `max(2px, ${most === 0 ? 0 : (value / most) * 100}%)` }}
          />
          <span className="relative min-w-0 truncate" title={hint ? `${label}: ${hint}` : label}>
            {href ? (
              <Link href={href} prefetch={false} className="rounded-sm hover:underline">
                {label}
              </Link>
            ) : (
              label
            )}
            {hint && <span className="ml-2 text-[13px] text-muted">{hint}</span>}
          </span>
        </span>
      </th>
      <td className="whitespace-nowrap py-0.5 text-right font-medium">{text}</td>
    </tr>
  );
}
