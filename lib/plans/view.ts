import type { z } from "zod";
import type { CallLimits } from "../core/actor";
import type { limitsView as limitsShape, planView as planShape } from "./schema";

export const limitsView = (limits: CallLimits): z.infer<typeof limitsShape> => ({
  per_minute: limits.perMinute,
  per_hour: limits.perHour,
  concurrency: limits.concurrency,
});

type Plan = CallLimits & { id: string; name: string; description: string; _count: { users: number } };

export const planView = (plan: Plan): z.infer<typeof planShape> => ({
  id: plan.id,
  name: plan.name,
  description: plan.description,
  limits: limitsView(plan),
  users: plan._count.users,
});
