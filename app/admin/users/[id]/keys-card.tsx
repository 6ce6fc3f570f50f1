import type { z } from "zod";
import { LinkButton } from "@/app/_components/button";
import { Card } from "@/app/_components/card";
import { type Column, DataTable } from "@/app/_components/data-table";
import { RelativeTime } from "@/app/_components/relative-time";
import { marksText, wordsOf } from "@/app/(console)/keys/_parts/key-words";
import { formatNumber } from "@/app/admin/_parts/count";
import { KeyStateBadge } from "@/app/admin/keys/key-state-badge";
import type { keyView } from "@/lib/keys/schema";
import type { AboutUser } from "./about-user";

type Key = z.infer<typeof keyView>;
type KeysCardProps = Pick<AboutUser, "user"> & {
  /** The newest ones. */
  keys: readonly Key[];
  count: number;
  liveCount: number;
};

const columns: Column<Key>[] = [
  {
    key: "name",
    header: "Key",
    cell: (key) => (
      <span className="block sm:max-w-40">
        <span className="block font-medium sm:truncate">{key.name}</span>
        <span className="block font-mono text-muted text-xs">{marksText(key)}</span>
      </span>
    ),
  },
  {
    key: "scopes",
    header: "May do",
    // Beside the facts of the person there is no room for it on a small screen.
    className: "hidden md:table-cell lg:hidden xl:table-cell",
    cell: ({ scopes }) => (
      <span className="block max-w-44 truncate text-muted" title={wordsOf(scopes)}>
        {wordsOf(scopes)}
      </span>
    ),
  },
  {
    key: "last_used",
    header: "Last used",
    className: "whitespace-nowrap text-muted",
    cell: ({ last_used_at }) => (last_used_at ? <RelativeTime at={last_used_at} /> : "never"),
  },
  { key: "state", header: "State", cell: ({ state }) => <KeyStateBadge state={state} /> },
];

export function KeysCard({ user, keys, count, liveCount }: KeysCardProps) {
  return (
    <Card
      isFlush
      title="API keys"
      description={
        count === 0
          ? "Passwords for this person's programs."
          : `${formatNumber(liveCount)} of ${formatNumber(count)} work.${count > keys.length ? ` The newest ${keys.length}:` : ""}`
      }
      action={
        count > 0 && (
          <LinkButton size="sm" href={`/admin/keys?owner=${user.id}`} prefetch={false}>
            All keys
          </LinkButton>
        )
      }
    >
      {keys.length === 0 ? (
        <p className="border-t px-5 py-6 text-center text-muted">No API keys.</p>
      ) : (
        <DataTable
          isInside
          caption={`API keys of ${user.email}`}
          columns={columns}
          rows={keys}
          rowKey={({ id }) => id}
        />
      )}
    </Card>
  );
}
