import { FileSearch } from "lucide-react";
import type { Metadata } from "next";
import { z } from "zod";
import { LinkButton } from "@/app/_components/button";
import { EmptyState } from "@/app/_components/empty-state";
import { Pager } from "@/app/_components/pager";
import { listAuditEvents } from "@/lib/audit/queries";
import { auditQuery } from "@/lib/audit/schema";
import { auditView } from "@/lib/audit/view";
import { requireAdminPage } from "@/lib/http/page";
import { now } from "@/lib/infra/clock";
import { countOf } from "../_parts/count";
import { EventTable } from "../_parts/event-table";
import { listHref } from "../_parts/list-href";
import { readQuery, type SearchParams } from "../_parts/read-query";
import { AuditFilters } from "./audit-filters";
import { AuditHeader } from "./audit-header";

export const metadata: Metadata = { title: "Audit" };

const path = "/admin/audit";

/** The page filters by whole days, the API by moments. */
const pageQuery = z.strictObject({
  ...auditQuery.shape,
  from: z.iso.date().optional(),
  to: z.iso.date().optional(),
});

export default async function AuditPage({ searchParams }: { searchParams: SearchParams }) {
  const actor = await requireAdminPage();
  const query = await readQuery(pageQuery, searchParams);
  const page = await listAuditEvents(actor, {
    ...query,
    from: query.from && `${query.from}T00:00:00.000Z`,
    to: query.to && `${query.to}T23:59:59.999Z`,
  });
  const hrefOf = (cursor: string | undefined) => listHref(path, { ...query, cursor }, { limit: 25 });
  const isFiltered = Boolean(query.action || query.actor || query.object || query.from || query.to);

  return (
    <>
      <AuditHeader />
      <AuditFilters />
      {page.items.length === 0 ? (
        <EmptyState
          icon={<FileSearch />}
          title={isFiltered ? "No event matches" : "No events"}
          text={
            query.from && query.to && query.from > query.to
              ? "The first day lies after the last one."
              : "Every sign-in and every change is recorded here, in the same step in which it happens."
          }
          action={isFiltered && <LinkButton href={path}>Clear filters</LinkButton>}
        />
      ) : (
        <EventTable isWide caption="Audit events" events={page.items.map(auditView)} now={now().getTime()} />
      )}
      <Pager
        label="Pages of events"
        firstHref={query.cursor ? hrefOf(undefined) : undefined}
        nextHref={page.nextCursor ? hrefOf(page.nextCursor) : undefined}
        summary={page.items.length > 0 && summaryOf(page.items, isFiltered)}
      />
    </>
  );
}

/** Without a filter the positions follow each other, and say how far back this page reaches. */
function summaryOf(events: readonly { position: number }[], isFiltered: boolean): string {
  if (isFiltered) return `Showing ${countOf(events.length, "event")}`;
  const newest = events[0]?.position;
  const oldest = events.at(-1)?.position;
  return newest === oldest ? `Event ${newest}` : `Events ${newest} to ${oldest}, newest first`;
}
