import type { Metadata } from "next";
import { LinkButton } from "@/app/_components/button";
import { PageHeader } from "@/app/_components/page-header";
import { Pager } from "@/app/_components/pager";
import { RelativeTime } from "@/app/_components/relative-time";
import { SearchInput } from "@/app/_components/search-input";
import { countOf } from "@/app/admin/_parts/count";
import { listHref } from "@/app/admin/_parts/list-href";
import { readQuery, type SearchParams } from "@/app/admin/_parts/read-query";
import { adminModelAnswer } from "@/lib/http/model-answer";
import { requireAdminPage } from "@/lib/http/page";
import { listAllModels } from "@/lib/models/queries";
import { type ModelQuery, modelQuery } from "@/lib/models/schema";
import { AutoRefresh } from "../_parts/auto-refresh";
import { ModelsTable } from "./models-table";
import { NoModels } from "./no-models";

export const metadata: Metadata = { title: "Models" };

const path = "/admin/models";

export default async function ModelsPage({ searchParams }: { searchParams: SearchParams }) {
  const actor = await requireAdminPage();
  const query = await readQuery(modelQuery, searchParams);
  const page = await listAllModels(actor, query);
  const rows = page.items.map(adminModelAnswer);
  const since = rows[0]?.numbers.since;
  const hrefOf = (change: Partial<ModelQuery>) => listHref(path, { ...query, ...change }, { limit: 25 });
  const firstHref = query.cursor ? hrefOf({ cursor: undefined }) : undefined;

  return (
    <>
      <PageHeader
        title="Models"
        description="What predicts here, how it is right now, and how its calls went."
        action={
          <LinkButton href="/admin/models/new" variant="primary">
            Add a model
          </LinkButton>
        }
      />
      {(rows.length > 0 || query.q) && (
        <div className="mb-4">
          <SearchInput label="Search models" placeholder="Name, title or description" />
        </div>
      )}
      {rows.length === 0 ? <NoModels query={query} firstHref={firstHref} /> : <ModelsTable rows={rows} />}
      <Pager
        label="Pages of models"
        firstHref={firstHref}
        nextHref={page.nextCursor ? hrefOf({ cursor: page.nextCursor }) : undefined}
        summary={
          since && (
            <>
              {countOf(rows.length, "model")}. Calls, errors and times are those of this process, since it
              started <RelativeTime at={since} />.
            </>
          )
        }
      />
      <AutoRefresh />
    </>
  );
}
