import type { Metadata } from "next";
import { z } from "zod";
import { Pager } from "@/app/_components/pager";
import { listChoices } from "@/app/_model/load-model";
import { listHref } from "@/app/admin/_parts/list-href";
import { readQuery, type SearchParams } from "@/app/admin/_parts/read-query";
import { dayMs } from "@/lib/core/time";
import { requireMemberPage } from "@/lib/http/page";
import { now } from "@/lib/infra/clock";
import { listKeys } from "@/lib/keys/queries";
import { listPredictions } from "@/lib/predictions/queries";
import { predictionQuery } from "@/lib/predictions/schema";
import { predictionView } from "@/lib/predictions/view";
import { NoPredictions } from "./no-predictions";
import { PredictionFilters } from "./prediction-filters";
import { PredictionsHeader } from "./predictions-header";
import { PredictionsTable } from "./predictions-table";
import { resultsOf } from "./results-of";

export const metadata: Metadata = { title: "Predictions" };

const path = "/predictions";

/** The page filters by whole days, the API by moments. Databases do not reach as far as dates can be written. */
const day = z.iso.date().regex(/^[12]/).optional();
const pageQuery = z.strictObject({ ...predictionQuery.shape, from: day, to: day });

const startOf = (date: string): number => Date.parse(`${date}T00:00:00.000Z`);

export default async function PredictionsPage({ searchParams }: { searchParams: SearchParams }) {
  const actor = await requireMemberPage();
  const query = await readQuery(pageQuery, searchParams);
  const [page, models, keys] = await Promise.all([
    listPredictions(actor, {
      ...query,
      from: query.from && new Date(startOf(query.from)).toISOString(),
      to: query.to && new Date(startOf(query.to) + dayMs).toISOString(),
    }),
    listChoices(actor),
    listKeys(actor, { limit: 100 }),
  ]);
  const rows = page.items.map(predictionView);
  const hrefOf = (cursor: string | undefined) => listHref(path, { ...query, cursor }, { limit: 25 });
  const isFiltered = Boolean(query.model || query.status || query.key || query.from || query.to);
  const isFirst = rows.length === 0 && !isFiltered && !query.cursor;

  return (
    <>
      <PredictionsHeader />
      {!isFirst && (
        <PredictionFilters
          models={models.map(({ name, title }) => ({ value: name, label: title }))}
          keys={keys.items.map(({ id, name }) => ({ value: id, label: name }))}
        />
      )}
      {rows.length === 0 ? (
        <NoPredictions isFirst={isFirst} />
      ) : (
        <PredictionsTable
          rows={rows}
          results={resultsOf(models, rows)}
          keyNames={Object.fromEntries(keys.items.map(({ id, name }) => [id, name]))}
          now={now().getTime()}
        />
      )}
      <Pager
        label="Pages of predictions"
        firstHref={query.cursor ? hrefOf(undefined) : undefined}
        nextHref={page.nextCursor ? hrefOf(page.nextCursor) : undefined}
      />
    </>
  );
}
