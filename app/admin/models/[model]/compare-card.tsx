import { Card } from "@/app/_components/card";
import { type Column, DataTable } from "@/app/_components/data-table";
import type { Version } from "../_parts/model-words";
import { compareVersions, type Difference } from "./compare-versions";
import { VersionSelect } from "./version-select";

type Wanted = string | string[] | undefined;
type CompareCardProps = { versions: readonly Version[]; older: Wanted; newer: Wanted };

/** Without a choice: the one in use beside the newest other one, which is what one decides about. */
export function CompareCard({ versions, older, newer }: CompareCardProps) {
  const find = (wanted: Wanted) => versions.find(({ number }) => String(number) === wanted);
  const left = find(older) ?? versions.find(({ is_stable }) => is_stable) ?? versions[0];
  const right = find(newer) ?? versions.find(({ number }) => number !== left?.number);
  if (!left || !right) return null;
  const numbers = versions.map(({ number }) => number);
  const differences = compareVersions(left, right);
  return (
    <Card
      isFlush
      title="Compare two versions"
      action={
        <div className="flex flex-wrap items-center gap-2">
          <VersionSelect label="First version" param="older" numbers={numbers} shown={left.number} />
          <span className="text-muted">and</span>
          <VersionSelect label="Second version" param="newer" numbers={numbers} shown={right.number} />
        </div>
      }
    >
      {left.number === right.number ? (
        <p className="border-t px-5 py-6 text-center text-muted">This is the same version twice.</p>
      ) : (
        <DataTable
          isInside
          caption={`Differences between version ${left.number} and version ${right.number}`}
          columns={columnsFor(left, right)}
          rows={differences}
          rowKey={({ what }) => what}
        />
      )}
    </Card>
  );
}

// The headings are in the same column, and stay in the middle of their line.
const tdClass = "[&:is(td)]:align-top";

const columnsFor = (left: Version, right: Version): Column<Difference>[] => [
  { key: "what", header: "Differs in", cell: ({ what }) => what, className: tdClass },
  {
    key: "older",
    header: `Version ${left.number}`,
    cell: ({ older }) => <span className="wrap-anywhere">{older}</span>,
    className: `w-2/5 min-w-32 text-muted ${tdClass}`,
  },
  {
    key: "newer",
    header: `Version ${right.number}`,
    cell: ({ newer }) => <span className="wrap-anywhere">{newer}</span>,
    className: `w-2/5 min-w-32 ${tdClass}`,
  },
];
