import { FilterSelect } from "@/app/_components/filter-select";
import { SearchInput } from "@/app/_components/search-input";
import { type Order, OrderSelect } from "@/app/admin/_parts/order-select";
import type { Plan } from "../_parts/invite-form";
import { roleWords, stateWords } from "../_parts/user-words";

const orders: readonly [Order, ...Order[]] = [
  { value: "created_at desc", label: "Newest first" },
  { value: "created_at asc", label: "Oldest first" },
  { value: "name asc", label: "Name, A to Z" },
  { value: "name desc", label: "Name, Z to A" },
  { value: "email asc", label: "E-mail, A to Z" },
  { value: "email desc", label: "E-mail, Z to A" },
  { value: "last_seen_at desc", label: "Seen most recently" },
  { value: "last_seen_at asc", label: "Not seen the longest" },
];

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
      <OrderSelect orders={orders} className="sm:w-44" />
    </div>
  );
}
