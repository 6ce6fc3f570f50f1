import Link from "next/link";
import { Card } from "@/app/_components/card";
import type { UserState } from "@/lib/users/domain";
import { formatNumber } from "../_parts/count";
import { StateBadge } from "../users/_parts/state-badge";
import { stateWords } from "../users/_parts/user-words";

export function StatesCard({ states }: { states: Record<UserState, number> }) {
  return (
    <Card title="Users by state" isFlush>
      <ul className="divide-y divide-line border-t">
        {stateWords.map(({ value, text }) => (
          <li key={value}>
            <Link
              href={`/admin/users?state=${value}`}
              prefetch={false}
              title={text}
              className="flex items-center justify-between gap-4 px-5 py-2 hover:bg-canvas focus-visible:-outline-offset-2"
            >
              <StateBadge state={value} />
              <span className="font-medium tabular-nums">{formatNumber(states[value])}</span>
            </Link>
          </li>
        ))}
      </ul>
    </Card>
  );
}
