import { z } from "zod";
import { readQuery, type SearchParams } from "@/app/admin/_parts/read-query";
import { monthOf } from "@/lib/usage/domain";
import { month } from "@/lib/usage/schema";

/** Databases do not reach as far as months can be written. */
const pageQuery = z.strictObject({ month: month.regex(/^2/).optional() });

/** The month of the address; this one where none is named, and where it has not come yet. */
export async function askedMonth(searchParams: SearchParams, now: number): Promise<string> {
  const thisMonth = monthOf(now);
  const { month: asked = thisMonth } = await readQuery(pageQuery, searchParams);
  return [asked, thisMonth].sort()[0] ?? thisMonth;
}
