import { route } from "@/lib/http/route";
import { createPlan } from "@/lib/plans/commands";
import { listPlans } from "@/lib/plans/queries";
import { createPlanBody, planListView, planView as planShape } from "@/lib/plans/schema";
import { planView } from "@/lib/plans/view";

export const GET = route(
  { summary: "List plans", auth: "admin", response: { status: 200, schema: planListView } },
  async () => ({ items: (await listPlans()).map(planView), next_cursor: null }),
);

export const POST = route(
  {
    summary: "Add a plan",
    description:
      "Limits and a quota that are not named do not exist, and prices that are not named are 0. Money is in the currency of the install, with at most nine decimals.",
    auth: "admin",
    body: createPlanBody,
    response: { status: 201, schema: planShape },
    idempotent: true,
    errors: ["plan.id_taken"],
  },
  async ({ actor, body }) => planView(await createPlan(actor, body)),
);
