import type { Rows } from "./json-rows";

export const fragmentStart = "#input=";
/** Longer addresses are cut by some programs. */
export const fragmentLengthMax = 4_000;

export const fragmentOf = (rows: Rows): string =>
  fragmentStart + encodeURIComponent(JSON.stringify("input" in rows ? rows.input : rows.inputs));

/** The address of the playground with these rows filled in, where they are few enough for an address. */
export function playgroundHref(model: string, rows: Rows): string {
  const fragment = fragmentOf(rows);
  const path = `/playground?model=${encodeURIComponent(model)}`;
  return fragment.length > fragmentLengthMax ? path : path + fragment;
}
