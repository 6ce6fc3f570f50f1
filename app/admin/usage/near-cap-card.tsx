import Link from "next/link";
import type { z } from "zod";
import { Badge } from "@/app/_components/badge";
import { Card } from "@/app/_components/card";
import { limitWords } from "@/app/_usage/limit-words";
import { moneyText, numberText } from "@/app/_usage/usage-words";
import type { nearCapView } from "@/lib/usage/schema";

type NearCap = z.infer<typeof nearCapView>["items"][number];

const shownMax = 8;

/** Who will soon be refused, so that one can talk to them before. */
export function NearCapCard({ items, currency }: { items: readonly NearCap[]; currency: string }) {
  const shown = items.slice(0, shownMax);
  const title =
    items.length === 0
      ? "Nobody is near a limit"
      : items.length === 1
        ? "One limit is nearly used up"
        : `${numberText(items.length)} limits are nearly used up`;
  return (
    <Card title={title} isFlush={shown.length > 0} className="min-w-0">
      {shown.length === 0 ? (
        <p className="text-muted">
          Whoever has used three quarters of what their plan holds for a month or a day is listed here.
        </p>
      ) : (
        <ul className="divide-y divide-line border-t">
          {shown.map((near) => (
            <Row key={`${near.user.id} ${near.limit_name}`} near={near} currency={currency} />
          ))}
        </ul>
      )}
    </Card>
  );
}

function Row({ near, currency }: { near: NearCap; currency: string }) {
  const { user, limit_name, used, limit, percent } = near;
  const { label, isMoney } = limitWords[limit_name];
  const text = (value: number) => (isMoney ? moneyText(value, currency) : numberText(value));
  return (
    <li className="flex items-center justify-between gap-4 px-5 py-2">
      <div className="min-w-0">
        <Link
          href={`/admin/users/${user.id}`}
          prefetch={false}
          className="block truncate rounded-sm font-medium hover:underline"
        >
          {user.name}
        </Link>
        <p className="truncate text-[13px] text-muted tabular-nums">
          {label}: {text(used)} of {text(limit)} · {user.plan}
        </p>
      </div>
      <Badge tone={percent >= 100 ? "danger" : "warning"}>{Math.floor(percent)} %</Badge>
    </li>
  );
}
