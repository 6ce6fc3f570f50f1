import Link from "next/link";
import type { ReactNode } from "react";
import { cn } from "./cn";
import { type Sort, SortHeader } from "./sort-header";
import { SelectAll, type Selection, SelectRow } from "./table-selection";

export type Column<Row> = {
  key: string;
  header: ReactNode;
  cell: (row: Row) => ReactNode;
  align?: "left" | "right" | "center";
  sortKey?: string;
  className?: string;
  hideOnPhone?: boolean;
};

type DataTableProps<Row> = {
  /** Says what the table holds; read by screen readers. */
  caption: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row) => string;
  /** Makes the first cell a link that covers the whole row. */
  rowHref?: (row: Row) => string | undefined;
  /** The same as a button, to open the row beside the table. Only from a client component. */
  rowAction?: { label: (row: Row) => string; open: (row: Row) => void };
  sort?: Sort;
  sortHref?: (key: string) => string;
  /** Only from a client component. */
  selection?: Selection<Row>;
  /** In place of the rows when there are none. */
  empty?: ReactNode;
  /** At the lower edge of a flush card, which has edges already. */
  isInside?: boolean;
};

const aligns = { left: "text-left", right: "text-right", center: "text-center" };

function columnClass<Row>({ align = "left", hideOnPhone, className }: Column<Row>) {
  return cn(
    "px-2 first:pl-3 last:pr-3 sm:px-3",
    aligns[align],
    hideOnPhone && "hidden sm:table-cell",
    className,
  );
}

/** A plain table: no hooks, so a page on the server can pass functions as columns. */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const { caption, columns, rows, rowKey, sort, sortHref, selection, empty, isInside } = props;
  if (rows.length === 0 && empty) return empty;
  return (
    // Focusable, because a table that is too wide must scroll with the keyboard too.
    <section
      aria-label={caption}
      tabIndex={0}
      className={cn(
        "overflow-x-auto bg-surface focus-visible:-outline-offset-2",
        isInside
          ? "rounded-b-lg border-t sm:[&_:is(td,th):first-child]:pl-5 sm:[&_:is(td,th):last-child]:pr-5"
          : "rounded-lg border",
      )}
    >
      <table className="w-full border-collapse">
        <caption className="sr-only">{caption}</caption>
        <thead>
          <tr className="h-9 bg-sunken text-[13px] text-muted">
            {selection && (
              <th scope="col" className="w-10 pl-3">
                <SelectAll keys={rows.map(rowKey)} selection={selection} />
              </th>
            )}
            {columns.map((column) => (
              <SortHeader
                key={column.key}
                sort={sort}
                sortKey={column.sortKey}
                href={column.sortKey && sortHref?.(column.sortKey)}
                className={columnClass(column)}
              >
                {column.header}
              </SortHeader>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <BodyRow key={rowKey(row)} row={row} {...props} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

function BodyRow<Row>(props: DataTableProps<Row> & { row: Row }) {
  const { row, columns, rowKey, rowHref, rowAction, selection } = props;
  const id = rowKey(row);
  const isPressable = rowAction !== undefined || rowHref?.(row) !== undefined;
  const isSelected = selection?.selected.has(id);
  return (
    <tr
      // For the pointer, anywhere in the row; for the keyboard there is a button in the first cell.
      onClick={rowAction && (() => rowAction.open(row))}
      className={cn(
        "group relative h-11 border-t transition-colors",
        rowAction && "cursor-pointer",
        isPressable && "hover:bg-canvas",
        isSelected && "bg-accent-soft hover:bg-accent-soft",
      )}
    >
      {selection && (
        <td className="relative z-10 w-10 pl-3">
          <SelectRow id={id} label={selection.label(row)} selection={selection} />
        </td>
      )}
      {columns.map((column, index) => (
        <td
          key={column.key}
          className={cn(
            "py-1.5",
            index === 0 && "w-full wrap-anywhere sm:w-auto sm:wrap-normal",
            column.align === "right" && "whitespace-nowrap",
            columnClass(column),
            // What can be pressed lies above the link of the row.
            index > 0 &&
              "[&_:is(a,button,input,label,time)]:relative [&_:is(a,button,input,label,time)]:z-10",
          )}
        >
          {index === 0 ? <RowTarget {...props}>{column.cell(row)}</RowTarget> : column.cell(row)}
        </td>
      ))}
    </tr>
  );
}

const rowTargetClass =
  "font-medium after:absolute after:inset-0 focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-accent";

type RowTargetProps<Row> = DataTableProps<Row> & { row: Row; children: ReactNode };

/** The link or button in the first cell; what is behind it covers the row. */
function RowTarget<Row>({ row, rowHref, rowAction, children }: RowTargetProps<Row>) {
  const href = rowHref?.(row);
  if (href) {
    return (
      <Link href={href} prefetch={false} className={rowTargetClass}>
        {children}
      </Link>
    );
  }
  if (!rowAction) return children;
  return (
    <button
      type="button"
      aria-label={rowAction.label(row)}
      aria-haspopup="dialog"
      // The press bubbles to the row. What covers the row lets the pointer through to what explains itself there.
      className={cn(rowTargetClass, "text-left after:pointer-events-none")}
    >
      {children}
    </button>
  );
}
