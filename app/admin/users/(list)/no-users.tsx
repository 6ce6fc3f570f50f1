import { SearchX } from "lucide-react";
import { LinkButton } from "@/app/_components/button";
import { EmptyState } from "@/app/_components/empty-state";
import type { UserQuery } from "@/lib/users/schema";

type NoUsersProps = { query: UserQuery; firstHref?: string };

export function NoUsers({ query, firstHref }: NoUsersProps) {
  const isFiltered = Boolean(query.q || query.role || query.state || query.plan);
  const isHidingDeleted = query.q !== undefined && query.state === undefined;
  return (
    <EmptyState
      icon={<SearchX />}
      title={isFiltered ? "No user matches" : "Nobody on this page"}
      text={
        isHidingDeleted
          ? "Names and e-mail addresses are searched. Deleted accounts are shown only with the state Deleted."
          : isFiltered
            ? "No account fits all of these filters at once."
            : "The accounts that stood here are gone."
      }
      action={
        <>
          {firstHref && <LinkButton href={firstHref}>First page</LinkButton>}
          {isFiltered && <LinkButton href="/admin/users">Clear filters</LinkButton>}
          {isHidingDeleted && (
            <LinkButton href={`/admin/users?state=deleted&q=${encodeURIComponent(query.q ?? "")}`}>
              Search deleted accounts
            </LinkButton>
          )}
        </>
      }
    />
  );
}
