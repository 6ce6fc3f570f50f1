import type { Metadata } from "next";
import { PageHeader } from "@/app/_components/page-header";
import { Pager } from "@/app/_components/pager";
import { formatNumber } from "@/app/admin/_parts/count";
import { listHref } from "@/app/admin/_parts/list-href";
import { readQuery, type SearchParams } from "@/app/admin/_parts/read-query";
import { requireAdminPage } from "@/lib/http/page";
import { now } from "@/lib/infra/clock";
import { listPlans } from "@/lib/plans/queries";
import { planView } from "@/lib/plans/view";
import { countUsers, listUsers } from "@/lib/users/queries";
import { type UserQuery, userQuery } from "@/lib/users/schema";
import { userView } from "@/lib/users/view";
import { InviteButton } from "../_parts/invite-button";
import { NoUsers } from "./no-users";
import { UserFilters } from "./user-filters";
import { UsersTable } from "./users-table";

export const metadata: Metadata = { title: "Users" };

const path = "/admin/users";
const defaults = { limit: 25, sort: "created_at", order: "desc" };

export default async function UsersPage({ searchParams }: { searchParams: SearchParams }) {
  const actor = await requireAdminPage();
  const query = await readQuery(userQuery, searchParams);
  const [page, total, planRows] = await Promise.all([
    listUsers(actor, query),
    countUsers(actor, query),
    listPlans(),
  ]);
  const plans = planRows.map(planView);
  const hrefOf = (change: Partial<UserQuery>) => listHref(path, { ...query, ...change }, defaults);

  return (
    <>
      <PageHeader
        title="Users"
        description="Everybody with an account here."
        action={<InviteButton plans={plans} />}
      />
      <UserFilters plans={plans} />
      {page.items.length === 0 ? (
        <NoUsers query={query} firstHref={query.cursor ? hrefOf({ cursor: undefined }) : undefined} />
      ) : (
        <UsersTable
          // Another page or filter is another choice of rows: nothing out of sight stays selected.
          key={hrefOf({})}
          rows={page.items.map(userView)}
          plans={plans}
          query={query}
          selfId={actor.user.id}
          now={now().getTime()}
        />
      )}
      <Pager
        label="Pages of users"
        firstHref={query.cursor ? hrefOf({ cursor: undefined }) : undefined}
        nextHref={page.nextCursor ? hrefOf({ cursor: page.nextCursor }) : undefined}
        summary={
          page.items.length > 0 && `Showing ${formatNumber(page.items.length)} of ${formatNumber(total)}`
        }
      />
    </>
  );
}
