import { z } from "zod";
import { rangeFields } from "@/app/_usage/usage-range";
import { listHref } from "@/app/admin/_parts/list-href";
import { usageQuery } from "@/lib/usage/schema";

/** What the address of the page says. */
export const pageQuery = z.strictObject({
  ...rangeFields,
  model: usageQuery.shape.model,
  key: usageQuery.shape.key,
  group: z.enum(["time", "model", "key"]).default("time"),
});
export type Asked = z.output<typeof pageQuery>;

export const hrefOf = (asked: Asked, change: Partial<Asked>): string =>
  listHref("/usage", { ...asked, ...change }, { range: "30d", group: "time" });
