import type { z } from "zod";
import type { planView as planShape } from "./schema";

export const planView = (plan: z.infer<typeof planShape>): z.infer<typeof planShape> => ({
  id: plan.id,
  name: plan.name,
  description: plan.description,
});
