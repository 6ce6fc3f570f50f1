import type { Metadata } from "next";
import { FilterSelect } from "@/app/_components/filter-select";
import { Pager } from "@/app/_components/pager";
import { listHref } from "@/app/admin/_parts/list-href";
import { readQuery, type SearchParams } from "@/app/admin/_parts/read-query";
import { countUnseen, listAlerts } from "@/lib/alerts/queries";
import { alertQuery } from "@/lib/alerts/schema";
import { alertView } from "@/lib/alerts/view";
import { isAdmin } from "@/lib/core/actor";
import { requireMemberPage } from "@/lib/http/page";
import { AlertCard } from "./alert-card";
import { AlertsHeader } from "./alerts-header";
import { NoAlerts } from "./no-alerts";
import { SeeAllButton } from "./see-all-button";

export const metadata: Metadata = { title: "Alerts" };

const states = [
  { value: "unseen", label: "New" },
  { value: "seen", label: "Seen" },
];

export default async function AlertsPage({ searchParams }: { searchParams: SearchParams }) {
  const actor = await requireMemberPage();
  const query = await readQuery(alertQuery, searchParams);
  const [page, unseen] = await Promise.all([listAlerts(actor, query), countUnseen(actor)]);
  const hrefOf = (cursor: string | undefined) => listHref("/alerts", { ...query, cursor }, { limit: 25 });
  const isFirst = page.items.length === 0 && !query.state && !query.cursor;

  return (
    <>
      <AlertsHeader action={unseen > 0 && <SeeAllButton />} />
      {!isFirst && (
        <div className="mb-4">
          <FilterSelect label="State" param="state" options={states} allLabel="New and seen" />
        </div>
      )}
      {page.items.length === 0 ? (
        <NoAlerts state={query.state} isAdmin={isAdmin(actor)} />
      ) : (
        <ul aria-label="Alerts" className="space-y-3">
          {page.items.map((alert) => (
            <AlertCard key={alert.id} alert={alertView(alert)} />
          ))}
        </ul>
      )}
      <Pager
        label="Pages of alerts"
        firstHref={query.cursor ? hrefOf(undefined) : undefined}
        nextHref={page.nextCursor ? hrefOf(page.nextCursor) : undefined}
      />
    </>
  );
}
