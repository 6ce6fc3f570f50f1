import { FilterSelect } from "@/app/_components/filter-select";
import { SearchInput } from "@/app/_components/search-input";
import type { Plan } from "../_parts/invite-form";
import { roleWords, stateWords } from "../_parts/user-words";
import { SortSelect } from "./sort-select";

export function UserFilters({ plans }: { plans: readonly Plan[] }) {
  return (
    <div className="mb-4 grid grid-cols-2 gap-2 sm:flex sm:flex-wrap">
      <SearchInput label="Search name or e-mail" className="col-span-2 sm:w-auto sm:min-w-56 sm:flex-1" />
      <FilterSelect
        label="State"
        param="state"
        options={stateWords}
        allLabel="Any state"
        className="sm:w-34"
      />
      <FilterSelect label="Role" param="role" options={roleWords} allLabel="Any role" className="sm:w-38" />
      <FilterSelect
        label="Plan"
        param="plan"
        options={plans.map(({ id, name }) => ({ value: id, label: name }))}
        allLabel="Any plan"
        className="sm:w-34"
      />
      <SortSelect className="sm:w-44" />
    </div>
  );
}
