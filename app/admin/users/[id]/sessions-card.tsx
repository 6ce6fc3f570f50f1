"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import type { z } from "zod";
import { Badge } from "@/app/_components/badge";
import { Button } from "@/app/_components/button";
import { Card } from "@/app/_components/card";
import { ConfirmDialog } from "@/app/_components/confirm-dialog";
import { type Column, DataTable } from "@/app/_components/data-table";
import { RelativeTime } from "@/app/_components/relative-time";
import { toast } from "@/app/_components/toaster";
import { inPlainWords } from "@/app/admin/_parts/explain-error";
import type { sessionView } from "@/lib/sessions/schema";
import { endSession } from "../_parts/user-calls";
import type { AboutUser } from "./about-user";
import { ActionButton } from "./action-button";

type Session = z.infer<typeof sessionView>;
type SessionsCardProps = AboutUser & { sessions: readonly Session[]; now: number };

export function SessionsCard({ user, isSelf, sessions, now }: SessionsCardProps) {
  const router = useRouter();
  const [ending, setEnding] = useState<Session>();

  const columns: Column<Session>[] = [
    {
      key: "device",
      header: "Device",
      cell: (session) => (
        <span className="flex flex-wrap items-center gap-x-2">
          {session.device}
          {session.is_current && <Badge tone="accent">This browser</Badge>}
        </span>
      ),
    },
    {
      key: "address",
      header: "Address",
      hideOnPhone: true,
      cell: (session) => <span className="font-mono text-[13px]">{session.address}</span>,
    },
    {
      key: "last_seen",
      header: "Last seen",
      className: "whitespace-nowrap text-muted",
      cell: (session) => <RelativeTime at={session.last_seen_at} now={now} />,
    },
    {
      key: "created",
      header: "Signed in",
      hideOnPhone: true,
      className: "whitespace-nowrap text-muted",
      cell: (session) => <RelativeTime at={session.created_at} now={now} />,
    },
    {
      key: "end",
      header: <span className="sr-only">Actions</span>,
      align: "right",
      cell: (session) => (
        <Button
          size="sm"
          variant="ghost"
          aria-label={`End the session on ${session.device}, ${session.address}`}
          onClick={() => setEnding(session)}
        >
          End
        </Button>
      ),
    },
  ];

  return (
    <Card
      isFlush
      title="Sessions"
      description="Browsers in which this person is signed in right now."
      action={
        sessions.length > 0 && (
          <ActionButton action="end-sessions" user={user} isSelf={isSelf} size="sm">
            End all sessions
          </ActionButton>
        )
      }
    >
      {sessions.length === 0 ? (
        <p className="border-t px-5 py-6 text-center text-muted">Not signed in anywhere.</p>
      ) : (
        <DataTable
          isInside
          caption={`Sessions of ${user.email}`}
          columns={columns}
          rows={sessions}
          rowKey={({ id }) => id}
        />
      )}
      {ending && (
        <ConfirmDialog
          open
          onOpenChange={() => setEnding(undefined)}
          title="End this session?"
          confirmLabel="End session"
          consequences={
            <>
              <strong>{ending.device}</strong> at {ending.address} is signed out within a second. Other
              sessions stay.{ending.is_current && <strong> This is the browser you are using now.</strong>}
            </>
          }
          onConfirm={async () => {
            await inPlainWords(endSession(ending.id));
            toast.success("The session has ended");
            router.refresh();
          }}
        />
      )}
    </Card>
  );
}
