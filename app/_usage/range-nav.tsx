import { DateFilter } from "@/app/_components/date-filter";
import { ChoiceNav } from "./choice-nav";
import { type RangeId, rangeIds, rangeLabels } from "./usage-range";

type RangeNavProps = { current: RangeId | null; hrefOf: (range: RangeId) => string };

/** Which days: one of the usual ranges, or days of one's own. */
export function RangeNav({ current, hrefOf }: RangeNavProps) {
  return (
    <div className="flex w-full flex-wrap items-end gap-x-4 gap-y-2 sm:w-auto sm:items-center">
      <ChoiceNav
        label="Range"
        current={current}
        items={rangeIds.map((id) => ({ id, label: rangeLabels[id], href: hrefOf(id) }))}
      />
      <div className="flex w-full gap-2 sm:w-auto sm:gap-4 [&_label]:flex-1">
        <DateFilter param="from" label="From" explanation="From this day, counted in UTC" />
        <DateFilter param="to" label="To" explanation="Up to and including this day, counted in UTC" />
      </div>
    </div>
  );
}
