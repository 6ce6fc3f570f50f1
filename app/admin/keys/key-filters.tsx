import { FilterSelect } from "@/app/_components/filter-select";
import { SearchInput } from "@/app/_components/search-input";
import { stateWords } from "@/app/(console)/keys/_parts/key-words";
import { type Order, OrderSelect } from "../_parts/order-select";

const uses = [
  { value: "never", label: "Never used" },
  { value: "unused_30d", label: "Not for 30 days" },
  { value: "unused_90d", label: "Not for 90 days" },
  { value: "7d", label: "In the last 7 days" },
  { value: "30d", label: "In the last 30 days" },
  { value: "90d", label: "In the last 90 days" },
];

const orders: readonly [Order, ...Order[]] = [
  { value: "created_at desc", label: "Newest first" },
  { value: "created_at asc", label: "Oldest first" },
  { value: "last_used_at desc", label: "Used most recently" },
  { value: "last_used_at asc", label: "Not used the longest" },
];

export function KeyFilters() {
  return (
    <div className="mb-3 grid grid-cols-2 gap-2 sm:flex sm:flex-wrap">
      <SearchInput
        param="owner"
        label="Owner: name, e-mail or user id"
        placeholder="Owner"
        className="col-span-2 sm:w-auto sm:min-w-48 sm:flex-1"
      />
      <SearchInput
        param="model"
        label="Keys that may use this model"
        placeholder="Model"
        className="col-span-2 sm:w-40"
      />
      <FilterSelect
        label="State"
        param="state"
        options={stateWords}
        allLabel="Any state"
        className="sm:w-32"
      />
      <FilterSelect label="Last used" param="used" options={uses} allLabel="Any use" className="sm:w-42" />
      <OrderSelect orders={orders} className="col-span-2 sm:w-44" />
    </div>
  );
}
