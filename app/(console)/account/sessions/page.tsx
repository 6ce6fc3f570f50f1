import type { Metadata } from "next";
import { Badge } from "@/app/_components/badge";
import { type Column, DataTable } from "@/app/_components/data-table";
import { Explain } from "@/app/_components/explain";
import { RelativeTime } from "@/app/_components/relative-time";
import { requireMemberPage } from "@/lib/http/page";
import { listLiveSessions } from "@/lib/sessions/queries";
import { sessionsView } from "@/lib/sessions/view";
import { EndSessionsButton } from "./end-sessions-button";
import { nameOfSession } from "./session-words";
import { SignOutButton } from "./sign-out-button";

export const metadata: Metadata = { title: "Sessions" };

type SessionRow = ReturnType<typeof sessionsView>["items"][number];

const aboutPrograms =
  "A program sent your e-mail address and password once and has lived on access tokens since. Ending it stops them at once. For a program an API key is better: it does not know your password and can do less.";

const toEnd = (session: Pick<SessionRow, "id" | "kind" | "device">) => ({
  id: session.id,
  device: nameOfSession(session),
});

const columns: Column<SessionRow>[] = [
  {
    key: "device",
    header: "Device",
    cell: ({ kind, device, is_current, address }) => (
      <div>
        <span className="flex flex-wrap items-center gap-x-2 gap-y-0.5 font-medium">
          {nameOfSession({ kind, device })}
          {is_current && <Badge tone="success">This device</Badge>}
        </span>
        {kind === "api" && (
          <span className="block font-normal text-[13px] text-muted">
            signed in with <Explain text={aboutPrograms}>the password</Explain>
          </span>
        )}
        <span className="block font-mono text-muted text-xs leading-5 sm:hidden">{address}</span>
      </div>
    ),
  },
  {
    key: "address",
    header: "Address",
    hideOnPhone: true,
    cell: ({ address }) => <span className="font-mono text-[13px]">{address}</span>,
  },
  { key: "last-seen", header: "Last seen", cell: ({ last_seen_at }) => <RelativeTime at={last_seen_at} /> },
  {
    key: "since",
    header: "Signed in",
    hideOnPhone: true,
    cell: ({ created_at }) => <RelativeTime at={created_at} />,
  },
  {
    key: "until",
    header: "Ends at the latest",
    hideOnPhone: true,
    cell: ({ expires_at }) => <RelativeTime at={expires_at} />,
  },
  {
    key: "end",
    header: <span className="sr-only">End it</span>,
    align: "right",
    cell: ({ is_current, ...session }) =>
      is_current ? (
        <SignOutButton />
      ) : (
        <EndSessionsButton
          sessions={[toEnd(session)]}
          label="End"
          hint={`End the session of ${nameOfSession(session)}`}
        />
      ),
  },
];

export default async function SessionsPage() {
  const actor = await requireMemberPage();
  const sessions = sessionsView(await listLiveSessions(actor.user.id), actor.sessionId).items;
  const others = sessions.filter(({ is_current }) => !is_current);
  return (
    <>
      <div className="mb-4 flex flex-wrap items-center justify-between gap-x-6 gap-y-3">
        <p className="max-w-prose text-muted">
          Every browser and program that signed in with your password. If you do not know one, end it and
          change your password.
        </p>
        {others.length > 1 && <EndSessionsButton sessions={others.map(toEnd)} label="End all others" />}
      </div>
      <DataTable caption="Your sessions" columns={columns} rows={sessions} rowKey={({ id }) => id} />
    </>
  );
}
