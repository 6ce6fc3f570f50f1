import { z } from "zod";
import { invalid } from "./errors";

export type Page<T> = { items: T[]; nextCursor: string | null };

/** `?limit=&cursor=` of every list. */
export const pageQuery = {
  limit: z.coerce.number().int().min(1).max(100).default(25),
  cursor: z.string().max(500).optional(),
};

/** A cursor names the last row seen: its sort value and its id. It is opaque, not secret. */
export type Cursor = { value: string; id: string };

export const encodeCursor = (cursor: Cursor): string =>
  Buffer.from(JSON.stringify([cursor.value, cursor.id])).toString("base64url");

/** What no database could compare with anything is in no cursor of ours. */
const comparable = z.string().refine((text) => !text.includes("\0") && text.isWellFormed());
const cursorShape = z.tuple([comparable, comparable]);

const strangeCursor = () =>
  invalid(
    "/cursor",
    "The cursor is not one this list gave out.",
    "Use next_cursor of the page before, unchanged.",
  );

export function decodeCursor(text: string): Cursor {
  try {
    const [value, id] = cursorShape.parse(JSON.parse(Buffer.from(text, "base64url").toString("utf8")));
    return { value, id };
  } catch {
    throw strangeCursor();
  }
}

/** The sort value of a list that is ordered by time; Postgres cannot read the years JavaScript can count to. */
export function decodeCursorTime(value: string): Date {
  if (!/^\d{4}-/.test(value) || Number.isNaN(Date.parse(value)) || Date.parse(value) < 0)
    throw strangeCursor();
  return new Date(value);
}

/** What comes after a cursor in a list with the newest first; the members are those of its rows. */
export function olderThan(createdAt: Date, id: string) {
  return { OR: [{ createdAt: { lt: createdAt } }, { createdAt, id: { lt: id } }] };
}

export function afterNewest(cursorText: string | undefined) {
  if (!cursorText) return {};
  const { value, id } = decodeCursor(cursorText);
  return olderThan(decodeCursorTime(value), id);
}

/** Cuts the one row too many that was read to learn whether there is a next page. */
export function toPage<T>(rows: T[], limit: number, cursorOf: (row: T) => Cursor): Page<T> {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items, nextCursor: rows.length > limit && last ? encodeCursor(cursorOf(last)) : null };
}

/** The public shape of a list, for schemas of answers. */
export const pageOf = <T extends z.ZodType>(item: T) =>
  z.strictObject({ items: z.array(item), next_cursor: z.string().nullable() });

export const pageView = <T, V>(page: Page<T>, view: (row: T) => V) => ({
  items: page.items.map(view),
  next_cursor: page.nextCursor,
});
