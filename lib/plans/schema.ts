import { z } from "zod";

export const planView = z.strictObject({ id: z.string(), name: z.string(), description: z.string() });
export const planListView = z.strictObject({ items: z.array(planView), next_cursor: z.null() });
