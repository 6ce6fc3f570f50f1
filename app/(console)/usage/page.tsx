import type { Metadata } from "next";
import { FilterSelect } from "@/app/_components/filter-select";
import { listChoices } from "@/app/_model/load-model";
import { RangeNav } from "@/app/_usage/range-nav";
import { rangeOf } from "@/app/_usage/usage-range";
import { readQuery, type SearchParams } from "@/app/admin/_parts/read-query";
import { requireMemberPage } from "@/lib/http/page";
import { now } from "@/lib/infra/clock";
import { listKeys } from "@/lib/keys/queries";
import { hrefOf, pageQuery } from "./asked";
import { UsageHeader } from "./usage-header";
import { UsageReport } from "./usage-report";

export const metadata: Metadata = { title: "Usage" };

export default async function UsagePage({ searchParams }: { searchParams: SearchParams }) {
  const actor = await requireMemberPage();
  const asked = await readQuery(pageQuery, searchParams);
  const range = rangeOf(asked, now().getTime());
  const [models, keys] = await Promise.all([listChoices(actor), listKeys(actor, { limit: 100 })]);
  return (
    <>
      <UsageHeader />
      <div className="mb-4 flex flex-wrap gap-x-4 gap-y-2">
        <RangeNav
          current={range.id}
          hrefOf={(id) => hrefOf(asked, { range: id, from: undefined, to: undefined })}
        />
        <div className="grid flex-1 grid-cols-2 gap-2 sm:flex sm:flex-none">
          <FilterSelect
            label="Model"
            param="model"
            options={models.map(({ name, title }) => ({ value: name, label: title }))}
            allLabel="Any model"
            className="sm:w-40"
          />
          <FilterSelect
            label="API key"
            param="key"
            options={[
              { value: "none", label: "Without a key" },
              ...keys.items.map(({ id, name }) => ({ value: id, label: name })),
            ]}
            allLabel="Any key"
            className="sm:w-40"
          />
        </div>
      </div>
      <UsageReport actor={actor} asked={asked} range={range} />
    </>
  );
}
