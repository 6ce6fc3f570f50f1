import type { RowFault } from "@/lib/tasks/schema";
import { csvText, harmless } from "../_parts/csv-text";

const plain = (part: string): string => part.replaceAll("~1", "/").replaceAll("~0", "~");

/** "/petal_width" and "/inputs/3/petal_width" → "petal_width"; of a row as a whole nothing. */
export function columnOf(pointer: string): string {
  const [name = "", ...deeper] = pointer
    .replace(/^\/inputs\/\d+/, "")
    .split("/")
    .slice(1)
    .map(plain);
  return deeper.length === 0 ? name : `${name} at ${deeper.join(", ")}`;
}

export const faultsCsv = (faults: readonly RowFault[]): string =>
  csvText([
    ["row", "column", "what is wrong", "how to mend it"],
    ...faults.map(({ row, pointer, message, fix }) => [
      String(row),
      ...[columnOf(pointer), message, fix].map(harmless),
    ]),
  ]);
