import Link from "next/link";
import type { SessionActor } from "@/lib/core/actor";
import { userStates } from "@/lib/users/domain";
import { countUsers } from "@/lib/users/queries";

const labels = { active: "Active users", invited: "Invited", disabled: "Disabled", deleted: "Deleted" };
const format = new Intl.NumberFormat("en");

/** How many accounts are in which state; each number opens the list behind it. */
export async function UserCounts({ actor }: { actor: SessionActor }) {
  const counts = await Promise.all(userStates.map((state) => countUsers(actor, { state })));
  return (
    <section aria-label="Users by state" className="overflow-hidden rounded-lg border bg-line">
      {/* The gaps show the ground behind as thin lines, however the cells wrap. */}
      <ul className="grid grid-cols-2 gap-px sm:grid-cols-4">
        {userStates.map((state, index) => (
          <li key={state} className="bg-surface">
            <Link
              href={`/admin/users?state=${state}`}
              className="block px-5 py-4 transition-colors hover:bg-canvas focus-visible:-outline-offset-2"
            >
              <span className="block text-[13px] text-muted">{labels[state]}</span>
              <span className="mt-1 block font-semibold text-2xl leading-8 tracking-tight tabular-nums">
                {format.format(counts[index] ?? 0)}
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
