import type { Metadata } from "next";
import { FilterSelect } from "@/app/_components/filter-select";
import { RangeNav } from "@/app/_usage/range-nav";
import { rangeOf } from "@/app/_usage/usage-range";
import { readQuery, type SearchParams } from "@/app/admin/_parts/read-query";
import { requireAdminPage } from "@/lib/http/page";
import { now } from "@/lib/infra/clock";
import { listAllModels } from "@/lib/models/queries";
import { hrefOf, pageQuery } from "./asked";
import { UsageHeader } from "./usage-header";
import { UsageReport } from "./usage-report";

export const metadata: Metadata = { title: "Usage of everyone" };

export default async function AdminUsagePage({ searchParams }: { searchParams: SearchParams }) {
  const actor = await requireAdminPage();
  const asked = await readQuery(pageQuery, searchParams);
  const at = now().getTime();
  const range = rangeOf(asked, at);
  const models = await listAllModels(actor, { limit: 100 });
  return (
    <>
      <UsageHeader />
      <div className="mb-4 flex flex-wrap gap-x-4 gap-y-2">
        <RangeNav
          current={range.id}
          hrefOf={(id) => hrefOf(asked, { range: id, from: undefined, to: undefined })}
        />
        <FilterSelect
          label="Model"
          param="model"
          options={models.items.map(({ name, title }) => ({ value: name, label: title }))}
          allLabel="Any model"
          className="sm:w-40"
        />
      </div>
      <UsageReport actor={actor} asked={asked} range={range} at={at} />
    </>
  );
}
