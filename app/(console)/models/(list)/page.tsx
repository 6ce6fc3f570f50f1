import { SearchX } from "lucide-react";
import type { Metadata } from "next";
import { LinkButton } from "@/app/_components/button";
import { EmptyState } from "@/app/_components/empty-state";
import { PageHeader } from "@/app/_components/page-header";
import { Pager } from "@/app/_components/pager";
import { SearchInput } from "@/app/_components/search-input";
import { rowOf } from "@/app/_model/load-model";
import { NoModels } from "@/app/_model/no-models";
import { listHref } from "@/app/admin/_parts/list-href";
import { readQuery, type SearchParams } from "@/app/admin/_parts/read-query";
import { isAdmin } from "@/lib/core/actor";
import { requireMemberPage } from "@/lib/http/page";
import { listUsableModels } from "@/lib/models/queries";
import { type ModelQuery, modelQuery } from "@/lib/models/schema";
import { ModelCard } from "./model-card";
import { modelsHeader } from "./models-header";

export const metadata: Metadata = { title: "Models" };

/** Fewer are taken in at a glance. */
const searchedFrom = 7;

export default async function ModelsPage({ searchParams }: { searchParams: SearchParams }) {
  const actor = await requireMemberPage();
  const query = await readQuery(modelQuery, searchParams);
  const page = await listUsableModels(actor, query);
  const hrefOf = (change: Partial<ModelQuery>) => listHref("/models", { ...query, ...change }, { limit: 25 });
  const isWhole = !query.q && !query.cursor;
  const isSearchable = !isWhole || page.items.length >= searchedFrom;

  return (
    <>
      <PageHeader
        {...modelsHeader}
        action={
          page.items.length > 0 && (
            <LinkButton variant="primary" href="/playground">
              Open the playground
            </LinkButton>
          )
        }
      />
      {isSearchable && (
        <div className="mb-4">
          <SearchInput label="Search models" />
        </div>
      )}
      {page.items.length > 0 && (
        <ul className="grid grid-cols-1 gap-4 lg:grid-cols-2">
          {page.items.map((model) => (
            <ModelCard key={model.id} model={rowOf(model)} />
          ))}
        </ul>
      )}
      {page.items.length === 0 && isWhole && <NoModels isAdmin={isAdmin(actor)} />}
      {page.items.length === 0 && !isWhole && (
        <EmptyState
          icon={<SearchX />}
          title="No model matches"
          text="Names, titles and descriptions are searched."
          action={<LinkButton href="/models">Show all models</LinkButton>}
        />
      )}
      <Pager
        label="Pages of models"
        {...(query.cursor ? { firstHref: hrefOf({ cursor: undefined }) } : {})}
        {...(page.nextCursor ? { nextHref: hrefOf({ cursor: page.nextCursor }) } : {})}
      />
    </>
  );
}
