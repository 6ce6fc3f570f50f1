import { DateFilter } from "@/app/_components/date-filter";
import { FilterSelect } from "@/app/_components/filter-select";
import type { SelectOption } from "@/app/_components/select";

const outcomes: readonly SelectOption[] = [
  { value: "succeeded", label: "Succeeded" },
  { value: "failed", label: "Failed" },
];

type PredictionFiltersProps = { models: readonly SelectOption[]; keys: readonly SelectOption[] };

export function PredictionFilters({ models, keys }: PredictionFiltersProps) {
  return (
    <div className="mb-4 grid grid-cols-2 gap-2 sm:flex sm:flex-wrap">
      <FilterSelect label="Model" param="model" options={models} allLabel="Any model" />
      <FilterSelect
        label="Outcome"
        param="status"
        options={outcomes}
        allLabel="Any outcome"
        className="sm:w-36"
      />
      {keys.length > 0 && (
        <FilterSelect
          label="API key"
          param="key"
          options={keys}
          allLabel="Any key"
          className="col-span-2 sm:w-40"
        />
      )}
      <DateFilter param="from" label="From" explanation="From this day, counted in UTC" />
      <DateFilter param="to" label="To" explanation="Up to and including this day, counted in UTC" />
    </div>
  );
}
