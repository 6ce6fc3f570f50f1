import { DateFilter } from "@/app/_components/date-filter";
import { FilterSelect } from "@/app/_components/filter-select";
import { SearchInput } from "@/app/_components/search-input";
import { auditActions } from "@/lib/audit/domain";
import { actionWords } from "../_parts/audit-words";

const actionOptions = auditActions.map((value) => ({
  value,
  label: actionWords[value].charAt(0).toUpperCase() + actionWords[value].slice(1),
}));

export function AuditFilters() {
  return (
    <div className="mb-4 grid grid-cols-2 gap-2 sm:flex sm:flex-wrap">
      <SearchInput
        param="actor"
        label="Who: name or user id"
        placeholder="Who"
        className="sm:w-auto sm:min-w-40 sm:flex-1"
      />
      <SearchInput
        param="object"
        label="Object: name or id"
        placeholder="Object"
        className="sm:w-auto sm:min-w-40 sm:flex-1"
      />
      <FilterSelect
        label="Action"
        param="action"
        options={actionOptions}
        allLabel="Any action"
        className="col-span-2 sm:w-56"
      />
      <DateFilter param="from" label="From" explanation="From this day, counted in UTC" />
      <DateFilter param="to" label="To" explanation="Up to and including this day, counted in UTC" />
    </div>
  );
}
