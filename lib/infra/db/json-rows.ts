import { env } from "../env";
import { Prisma } from "./generated/sqlite/client";

/** A row is a list of values: SQLite takes these out of it faster than out of an object. */
type JsonRow = readonly (string | number | null)[];

/**
 * Many rows as one parameter, to be read with `FROM`: a statement for all of them costs little more than for one.
 * `place(n)` is the n-th value as text or as it is, `whole(n)` as a whole number.
 */
export function jsonRows(rows: readonly JsonRow[]): Prisma.Sql {
  const text = JSON.stringify(rows);
  return env().database === "sqlite"
    ? Prisma.sql`json_each(${text})`
    : Prisma.sql`jsonb_array_elements(${text}::jsonb) AS each (value)`;
}

const places = [
  Prisma.sql`value->>0`,
  Prisma.sql`value->>1`,
  Prisma.sql`value->>2`,
  Prisma.sql`value->>3`,
  Prisma.sql`value->>4`,
  Prisma.sql`value->>5`,
  Prisma.sql`value->>6`,
  Prisma.sql`value->>7`,
  Prisma.sql`value->>8`,
  Prisma.sql`value->>9`,
  Prisma.sql`value->>10`,
  Prisma.sql`value->>11`,
  Prisma.sql`value->>12`,
  Prisma.sql`value->>13`,
  Prisma.sql`value->>14`,
  Prisma.sql`value->>15`,
  Prisma.sql`value->>16`,
  Prisma.sql`value->>17`,
  Prisma.sql`value->>18`,
  Prisma.sql`value->>19`,
  Prisma.sql`value->>20`,
  Prisma.sql`value->>21`,
  Prisma.sql`value->>22`,
  Prisma.sql`value->>23`,
  Prisma.sql`value->>24`,
  Prisma.sql`value->>25`,
  Prisma.sql`value->>26`,
  Prisma.sql`value->>27`,
  Prisma.sql`value->>28`,
  Prisma.sql`value->>29`,
  Prisma.sql`value->>30`,
];

export function place(index: number): Prisma.Sql {
  const found = places[index];
  if (!found) throw new Error(`a row of JSON has no place ${index}`);
  return found;
}

export const whole = (index: number): Prisma.Sql =>
  env().database === "sqlite" ? place(index) : Prisma.sql`(${place(index)})::bigint`;

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
