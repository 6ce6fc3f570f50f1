import type { Problem } from "@/app/_client/api";
import type { Faults } from "./row-draft";

export type PlacedFaults = {
  /** Those that belong to a field, by its name. */
  fields: Faults;
  /** The others, with the place they are about. */
  rest: readonly { where: string; text: string }[];
};

/** "/input/city" and "/inputs/3/city/0" → where in the rows it is. */
const pointerShape = /^\/(?:input|inputs\/(\d+))(?:\/([^/]+)(?:\/(.+))?)?$/;

const plain = (part: string): string => part.replaceAll("~1", "/").replaceAll("~0", "~");

/** Puts the faults of an answer at the fields they are about. */
export function placeFaults(errors: Problem["errors"], names: readonly string[]): PlacedFaults {
  const fields: [string, string][] = [];
  const rest: { where: string; text: string }[] = [];
  for (const { pointer, message, fix } of errors ?? []) {
    const [, row, part = "", deeper] = pointerShape.exec(pointer) ?? [];
    const name = plain(part);
    const text = [message, fix].filter(Boolean).join(" ");
    if (row === undefined && names.includes(name)) {
      if (!fields.some(([known]) => known === name)) fields.push([name, text]);
      continue;
    }
    const inRow = row === undefined ? "" : `Row ${Number(row) + 1}`;
    const place = deeper === undefined ? name : `${name} at ${plain(deeper).replaceAll("/", ", ")}`;
    rest.push({ where: [inRow, place].filter(Boolean).join(", "), text });
  }
  return { fields: Object.fromEntries(fields), rest };
}
