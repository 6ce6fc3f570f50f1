import type { Metadata } from "next";
import { PageHeader } from "@/app/_components/page-header";
import { Pager } from "@/app/_components/pager";
import { requireAdminPage } from "@/lib/http/page";
import { now } from "@/lib/infra/clock";
import { countAllKeys, listAllKeys } from "@/lib/keys/queries";
import { type AdminKeyQuery, adminKeyQuery } from "@/lib/keys/schema";
import { adminKeyView } from "@/lib/keys/view";
import { formatNumber } from "../_parts/count";
import { listHref } from "../_parts/list-href";
import { readQuery, type SearchParams } from "../_parts/read-query";
import { KeyFilters } from "./key-filters";
import { KeysTable } from "./keys-table";
import { NoKeys } from "./no-keys";
import { QuickFilters } from "./quick-filters";

export const metadata: Metadata = { title: "API keys" };

const path = "/admin/keys";
const defaults = { limit: 25, sort: "created_at", order: "desc" };

const worthALook = [
  { label: "Live, never used", filters: { state: "live", used: "never" } },
  { label: "Live, not used for 90 days", filters: { state: "live", used: "unused_90d" } },
  { label: "Reported as leaked", filters: { state: "frozen" } },
] as const;

export default async function KeysPage({ searchParams }: { searchParams: SearchParams }) {
  const actor = await requireAdminPage();
  const query = await readQuery(adminKeyQuery, searchParams);
  // What is in the box and can be no model must not look as if it had been searched for.
  const isModelStrange = query.model === undefined && Boolean((await searchParams).model);
  const [page, total, ...counts] = await Promise.all([
    listAllKeys(actor, query),
    countAllKeys(actor, query),
    ...worthALook.map(({ filters }) => countAllKeys(actor, filters)),
  ]);
  const at = now();
  const rows = isModelStrange ? [] : page.items.map((key) => adminKeyView(key, at));
  const hrefOf = (change: Partial<AdminKeyQuery>) => listHref(path, { ...query, ...change }, defaults);

  return (
    <>
      <PageHeader
        title="API keys"
        description="Passwords for programs, made by the people who own them. Each secret was shown once and is not stored."
      />
      <KeyFilters />
      <QuickFilters
        path={path}
        query={query}
        choices={worthALook.map((choice, index) => ({ ...choice, count: counts[index] ?? 0 }))}
      />
      {rows.length === 0 ? (
        <NoKeys
          path={path}
          query={query}
          isModelStrange={isModelStrange}
          firstHref={query.cursor ? hrefOf({ cursor: undefined }) : undefined}
        />
      ) : (
        <KeysTable rows={rows} query={query} now={at.getTime()} />
      )}
      <Pager
        label="Pages of keys"
        firstHref={query.cursor ? hrefOf({ cursor: undefined }) : undefined}
        nextHref={page.nextCursor && !isModelStrange ? hrefOf({ cursor: page.nextCursor }) : undefined}
        summary={rows.length > 0 && `Showing ${formatNumber(rows.length)} of ${formatNumber(total)}`}
      />
    </>
  );
}
