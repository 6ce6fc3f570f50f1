import type { Column } from "../schema";
import { type Faults, type Path, shortName } from "./gather-faults";
import type { ValueReader } from "./read-value";
import { closest, expectation, listed } from "./value-words";

type Named = Pick<ValueReader, "accepts" | "wordsFor"> & { column: Column };

/** Takes nothing and writes nothing that stays: it only says what is wrong with a row. */
export function checkNamedRow(
  row: Readonly<Record<string, unknown>>,
  columns: readonly Named[],
  names: readonly string[],
  path: Path,
  faults: Faults,
): void {
  const missing = new Set<string>();
  for (const { column, accepts, wordsFor } of columns) {
    if (!Object.hasOwn(row, column.name)) {
      missing.add(column.name);
      faults.add([...path, column.name], {
        message: `${column.name} is missing.`,
        fix: `Send ${expectation({ ...column, isWhole: false })}.`,
      });
      continue;
    }
    const value = row[column.name];
    if (!accepts(value)) faults.add([...path, column.name], wordsFor(value));
  }
  const known = new Set(names);
  for (const name of Object.keys(row)) {
    if (faults.isFull) return;
    if (known.has(name)) continue;
    // Whoever misspelt a column did not send it either.
    const meant = closest(name, missing.size > 0 ? [...missing] : names);
    faults.add([...path, name], {
      message: `The model has no column ${shortName(name)}.`,
      fix: meant === null ? `Its columns are ${listed(names)}.` : `Did you mean ${shortName(meant)}?`,
    });
  }
}
