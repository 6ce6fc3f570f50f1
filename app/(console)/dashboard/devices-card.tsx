import Link from "next/link";
import { Badge } from "@/app/_components/badge";
import { Card } from "@/app/_components/card";
import { RelativeTime } from "@/app/_components/relative-time";
import type { SessionKind } from "@/lib/sessions/domain";
import { nameOfSession } from "../account/sessions/session-words";

const shownMax = 5;

type Device = {
  id: string;
  kind: SessionKind;
  device: string;
  address: string;
  is_current: boolean;
  last_seen_at: string;
};

export function DevicesCard({ devices }: { devices: Device[] }) {
  const shown = devices.slice(0, shownMax);
  return (
    <Card
      title="Where you are signed in"
      isFlush
      footer={
        <>
          <span className="tabular-nums">
            {devices.length === 1 ? "1 device" : `${devices.length} devices`}
          </span>
          <Link href="/account/sessions" className="rounded-sm font-medium text-accent-ink hover:underline">
            All sessions
          </Link>
        </>
      }
    >
      <ul className="divide-y divide-line border-t">
        {shown.map(({ id, kind, device, address, is_current, last_seen_at }) => (
          <li key={id} className="flex items-center justify-between gap-4 px-5 py-2.5">
            <div className="min-w-0">
              <p className="flex flex-wrap items-center gap-x-2 font-medium">
                {nameOfSession({ kind, device })}
                {is_current && <Badge tone="success">This device</Badge>}
              </p>
              <p className="truncate font-mono text-muted text-xs leading-5">{address}</p>
            </div>
            <RelativeTime at={last_seen_at} className="shrink-0 text-[13px] text-muted" />
          </li>
        ))}
      </ul>
    </Card>
  );
}
