import { RelativeTime } from "@/app/_components/relative-time";
import { Stat } from "@/app/_components/stat";
import type { UserState } from "@/lib/users/domain";
import { countOf, formatNumber } from "../_parts/count";

type OverviewStatsProps = {
  states: Record<UserState, number>;
  sessions: { sessions: number; users: number };
  admins: number;
  events: number;
  lastEventAt: Date | undefined;
};

export function OverviewStats({ states, sessions, admins, events, lastEventAt }: OverviewStatsProps) {
  return (
    <div className="grid grid-cols-2 gap-3 sm:gap-4 lg:grid-cols-4">
      <Stat
        label="Users"
        value={formatNumber(states.active + states.invited + states.disabled)}
        hint={`${formatNumber(states.active)} can sign in`}
      />
      <Stat
        label="Active sessions"
        value={formatNumber(sessions.sessions)}
        hint={`of ${countOf(sessions.users, "person", "people")}`}
      />
      <Stat
        label="Administrators"
        value={formatNumber(admins)}
        hint={admins === 1 ? "A second one is wise" : "can run this install"}
      />
      <Stat
        label="Audit events"
        value={formatNumber(events)}
        hint={
          lastEventAt ? (
            <>
              last <RelativeTime at={lastEventAt} />
            </>
          ) : (
            "none yet"
          )
        }
      />
    </div>
  );
}
