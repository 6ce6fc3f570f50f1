import { env } from "../env";
import { Prisma } from "./generated/sqlite/client";

/** A row is a list of values: SQLite takes these out of it faster than out of an object. */
type JsonRow = readonly (string | number | null)[];

/**
 * Many rows as one parameter, to be read with `FROM`: a statement for all of them costs little more than for one.
 * `place(n)` is the n-th value as text or as it is, `whole(n)` as a whole number, `ordinal()` counts the rows from 1.
 */
export function jsonRows(rows: readonly JsonRow[]): Prisma.Sql {
  const text = JSON.stringify(rows);
  return env().database === "sqlite"
    ? Prisma.sql`json_each(${text})`
    : Prisma.sql`jsonb_array_elements(${text}::jsonb) WITH ORDINALITY AS each (value, ordinal)`;
}

const placesMax = 40;
/** Written out, because nobody gives these numbers from outside. */
const places = Array.from({ length: placesMax }, (_, index) => Prisma.raw(`value->>${index}`));

export function place(index: number): Prisma.Sql {
  const found = places[index];
  if (!found) throw new Error(`a row of JSON has no place ${index}`);
  return found;
}

export const whole = (index: number): Prisma.Sql =>
  env().database === "sqlite" ? place(index) : Prisma.sql`(${place(index)})::bigint`;

export const ordinal = (): Prisma.Sql =>
  env().database === "sqlite" ? Prisma.sql`key + 1` : Prisma.sql`ordinal`;

/** A list of texts, to be used with `IN`. */
export function jsonTexts(texts: readonly string[]): Prisma.Sql {
  const text = JSON.stringify(texts);
  return env().database === "sqlite"
    ? Prisma.sql`(SELECT value FROM json_each(${text}))`
    : Prisma.sql`(SELECT value FROM jsonb_array_elements_text(${text}::jsonb) AS each (value))`;
}

/** A whole number as a parameter: SQLite's driver gives it as a fraction otherwise, Postgres guesses its size. */
export const wholeParameter = (value: number): Prisma.Sql =>
  env().database === "sqlite" ? Prisma.sql`CAST(${value} AS INTEGER)` : Prisma.sql`${BigInt(value)}::bigint`;
