import type { z } from "zod";
import { decodeCursor } from "@/lib/core/page";

export type SearchParams = Promise<Record<string, string | string[] | undefined>>;

/**
 * The filters of a list from its address. A value that is not valid counts as absent: a page is opened from
 * bookmarks and by hand, and an old filter should show the list, not an error.
 */
export async function readQuery<S extends z.ZodObject>(
  schema: S,
  searchParams: SearchParams,
): Promise<z.infer<S>> {
  const given = await searchParams;
  const good: Record<string, string> = {};
  for (const [name, field] of Object.entries(schema.shape)) {
    const value = given[name];
    if (typeof value !== "string" || value === "" || !isStorable(value)) continue;
    if (name === "cursor" && !isCursor(value)) continue;
    if ((field as z.ZodType).safeParse(value).success) good[name] = value;
  }
  return schema.parse(good);
}

const isStorable = (text: string): boolean => !text.includes("\0") && text.isWellFormed();

function isCursor(text: string): boolean {
  try {
    const { value, id } = decodeCursor(text);
    return isStorable(value) && isStorable(id);
  } catch {
    return false;
  }
}
