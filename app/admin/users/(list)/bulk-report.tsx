import { countOf } from "@/app/admin/_parts/count";
import type { UserRow } from "../_parts/user-calls";
import type { BulkResult } from "./use-bulk-run";

const listClass = "max-h-52 overflow-y-auto rounded-md border divide-y divide-line";

/** Exactly whom it will change, to be read before saying yes. */
export function UserNames({ users }: { users: readonly UserRow[] }) {
  return (
    // Focusable, so that a long list scrolls with the keyboard.
    <ul tabIndex={0} aria-label="Users" className={listClass}>
      {users.map((user) => (
        <li key={user.id} className="flex justify-between gap-4 px-3 py-1.5">
          <span className="min-w-0 truncate">{user.name}</span>
          <span className="max-w-[65%] shrink-0 truncate text-muted">{user.email}</span>
        </li>
      ))}
    </ul>
  );
}

export function BulkProgress({ finished, total }: { finished: number; total: number }) {
  return (
    <div className="space-y-2">
      <p role="status" className="text-muted tabular-nums">
        {finished} of {countOf(total, "user")}
      </p>
      <progress
        aria-label="Progress"
        value={finished}
        max={total}
        className="block h-1.5 w-full appearance-none overflow-hidden rounded-full [&::-moz-progress-bar]:bg-accent [&::-webkit-progress-bar]:bg-line [&::-webkit-progress-value]:bg-accent"
      />
    </div>
  );
}

export function BulkSummary({ result, done }: { result: BulkResult; done: string }) {
  const { succeeded, failed, left } = result;
  return (
    <div role="status" className="space-y-3">
      <p>
        {countOf(succeeded.length, "user")} {done}
        {failed.length > 0 && `, ${failed.length} not`}
        {left.length > 0 && `, ${left.length} left as they were because you stopped`}.
      </p>
      {failed.length > 0 && (
        <ul tabIndex={0} aria-label="Not changed" className={listClass}>
          {failed.map(({ user, reason }) => (
            <li key={user.id} className="px-3 py-2">
              <p className="font-medium">{user.email}</p>
              <p className="text-[13px] text-muted">{reason}</p>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
