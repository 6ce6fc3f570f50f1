import type { RefObject } from "react";
import { ColumnField } from "./column-field";
import type { Column } from "./model-words";
import type { Draft, Faults } from "./row-draft";

type SignatureFormProps = {
  columns: readonly Column[];
  draft: Draft;
  faults: Faults;
  /** Has to stay the same function, or every field is drawn again with each keystroke. */
  onChange: (name: string, value: string) => void;
  ref?: RefObject<HTMLDivElement | null>;
};

/** One field per column of a signature. What was typed and what is wrong belong to whoever shows it. */
export function SignatureForm({ columns, draft, faults, onChange, ref }: SignatureFormProps) {
  return (
    <div ref={ref} className="grid items-start gap-x-4 gap-y-5 sm:grid-cols-2">
      {columns.map((column) => (
        <ColumnField
          key={column.name}
          column={column}
          value={draft[column.name] ?? ""}
          error={faults[column.name]}
          onChange={onChange}
        />
      ))}
    </div>
  );
}

/** Moves the focus to the first field with a fault, in the order in which they are shown. */
export function focusFault(form: HTMLElement | null, columns: readonly Column[], faults: Faults): void {
  const first = columns.find(({ name }) => faults[name]);
  if (!first) return;
  const controls = form?.querySelectorAll<HTMLElement>(`[data-field="${first.name}"]`) ?? [];
  // Of several to choose from the chosen one takes the focus.
  const chosen = [...controls].find((control) => control.matches(":checked"));
  (chosen ?? controls[0])?.focus();
}
