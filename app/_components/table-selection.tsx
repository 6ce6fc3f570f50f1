import { Checkbox } from "./checkbox";

export type Selection<Row> = {
  selected: ReadonlySet<string>;
  onChange: (selected: ReadonlySet<string>) => void;
  /** Names the row for the checkbox, for example "Select ada@example.org". */
  label: (row: Row) => string;
};

type Picks = Pick<Selection<never>, "selected" | "onChange">;

export function SelectAll({ keys, selection }: { keys: string[]; selection: Picks }) {
  const { selected, onChange } = selection;
  const isAll = keys.length > 0 && keys.every((key) => selected.has(key));
  const isSome = !isAll && keys.some((key) => selected.has(key));
  return (
    <Checkbox
      aria-label="Select all rows on this page"
      checked={isAll}
      ref={(box) => {
        if (box) box.indeterminate = isSome;
      }}
      onChange={() => {
        const next = new Set(selected);
        for (const key of keys) isAll ? next.delete(key) : next.add(key);
        onChange(next);
      }}
    />
  );
}

type SelectRowProps = { id: string; label: string; selection: Picks };

export function SelectRow({ id, label, selection }: SelectRowProps) {
  const { selected, onChange } = selection;
  return (
    <Checkbox
      aria-label={label}
      checked={selected.has(id)}
      onChange={() => {
        const next = new Set(selected);
        selected.has(id) ? next.delete(id) : next.add(id);
        onChange(next);
      }}
    />
  );
}
