import type { z } from "zod";
import { Badge } from "@/app/_components/badge";
import { Card } from "@/app/_components/card";
import { type Column, DataTable } from "@/app/_components/data-table";
import { RelativeTime } from "@/app/_components/relative-time";
import type { sessionView } from "@/lib/sessions/schema";
import type { AboutUser } from "./about-user";
import { ActionButton } from "./action-button";
import { EndSessionButton } from "./end-session-button";

type Session = z.infer<typeof sessionView>;
type SessionsCardProps = AboutUser & { sessions: readonly Session[]; now: number };

export function SessionsCard({ user, isSelf, sessions, now }: SessionsCardProps) {
  const columns: Column<Session>[] = [
    {
      key: "device",
      header: "Device",
      cell: (session) => (
        <span className="flex flex-wrap items-center gap-x-2">
          {session.device}
          {session.is_current && <Badge tone="accent">This browser</Badge>}
          {session.kind === "api" && <Badge>Program</Badge>}
          {session.kind === "proxy" && <Badge>By the web server in front</Badge>}
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
      className: "relative",
      cell: (session) => <EndSessionButton session={session} />,
    },
  ];

  return (
    <Card
      isFlush
      title="Sessions"
      description="Browsers and programs in which this person is signed in right now."
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
    </Card>
  );
}
