import { z } from "zod";
import { rangeFields } from "@/app/_usage/usage-range";
import { listHref } from "@/app/admin/_parts/list-href";
import { adminUsageQuery } from "@/lib/usage/schema";

/** What the address of the page says. */
export const pageQuery = z.strictObject({
  ...rangeFields,
  model: adminUsageQuery.shape.model,
  group: z.enum(["time", "user", "key", "model", "plan"]).default("user"),
});
export type Asked = z.output<typeof pageQuery>;

export const hrefOf = (asked: Asked, change: Partial<Asked>): string =>
  listHref("/admin/usage", { ...asked, ...change }, { range: "30d", group: "user" });
