"use client";

import Link from "next/link";
import { Alert } from "@/app/_components/alert";
import { Button } from "@/app/_components/button";
import { CopyableId } from "@/app/_components/copyable-id";
import { DefinitionList } from "@/app/_components/definition-list";
import { RelativeTime } from "@/app/_components/relative-time";
import { Sheet } from "@/app/_components/sheet";
import { marksText, wordsOf } from "@/app/(console)/keys/_parts/key-words";
import { limitsInWords } from "../plans/limit-words";
import { KeyStateBadge } from "./key-state-badge";
import type { KeyRow } from "./keys-table";

type KeySheetProps = { row: KeyRow; now: number; onRevoke: () => void; onClose: () => void };

export function KeySheet({ row, now, onRevoke, onClose }: KeySheetProps) {
  return (
    <Sheet
      open
      onOpenChange={onClose}
      title={row.name}
      description={<span className="font-mono text-[13px]">{marksText(row)}</span>}
      footer={
        row.state !== "revoked" && (
          <Button variant="danger" onClick={onRevoke}>
            Revoke
          </Button>
        )
      }
    >
      <div className="space-y-5">
        <StateNotice row={row} now={now} />
        <DefinitionList
          items={[
            { term: "State", description: <KeyStateBadge state={row.state} /> },
            {
              term: "Owner",
              description: (
                <Link
                  href={`/admin/users/${row.owner.id}`}
                  prefetch={false}
                  className="text-accent-ink underline-offset-4 hover:underline"
                >
                  {row.owner.name}, {row.owner.email}
                </Link>
              ),
            },
            {
              term: "May do",
              description: (
                <>
                  {wordsOf(row.scopes)}
                  <code className="block font-mono text-muted text-xs">{row.scopes.join(" ")}</code>
                </>
              ),
            },
            { term: "Models", description: row.models?.join(", ") ?? "all that its owner may use" },
            { term: "From", description: row.cidrs?.join(", ") ?? "any address" },
            {
              term: "Own limits",
              description: limitsInWords(row.limits) ?? "those of its owner's plan alone",
            },
            {
              term: "Last used",
              description: row.last_used_at ? (
                <>
                  <RelativeTime at={row.last_used_at} now={now} /> from{" "}
                  <span className="font-mono text-[13px]">{row.last_used_address}</span>
                </>
              ) : (
                "never"
              ),
            },
            { term: "Created", description: <RelativeTime at={row.created_at} now={now} /> },
            {
              term: "Expires",
              description: row.expires_at ? <RelativeTime at={row.expires_at} now={now} /> : "never",
            },
            { term: "Id", description: <CopyableId value={row.id} label="key id" /> },
            ...(row.replaced_by
              ? [
                  {
                    term: "Replaced by",
                    description: <CopyableId value={row.replaced_by} label="id of the new key" />,
                  },
                ]
              : []),
          ]}
        />
      </div>
    </Sheet>
  );
}

/** Why it does not work any more, where somebody gave a reason. */
function StateNotice({ row, now }: { row: KeyRow; now: number }) {
  if (row.state === "revoked" && row.revoked_at)
    return (
      <Alert
        tone="warning"
        title={
          <>
            Revoked <RelativeTime at={row.revoked_at} now={now} />
          </>
        }
        text={row.revoked_reason}
      />
    );
  if (row.state === "frozen" && row.frozen_at)
    return (
      <Alert
        tone="danger"
        title={
          <>
            Frozen <RelativeTime at={row.frozen_at} now={now} />
          </>
        }
        text={`${row.frozen_reason}. It opens nothing any more; its owner should make a new one.`}
      />
    );
  return null;
}
