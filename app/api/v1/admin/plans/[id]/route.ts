import { route } from "@/lib/http/route";
import { changePlan, deletePlan } from "@/lib/plans/commands";
import { getPlan } from "@/lib/plans/queries";
import { changePlanBody, planView as planShape } from "@/lib/plans/schema";
import { planView } from "@/lib/plans/view";

export const GET = route(
  {
    summary: "Read a plan",
    auth: "admin",
    response: { status: 200, schema: planShape },
    errors: ["route.not_found"],
  },
  async ({ actor, params }) => planView(await getPlan(actor, params.id ?? "")),
);

export const PATCH = route(
  {
    summary: "Change a plan",
    description:
      "Members that are absent stay as they are; null takes a limit, the quota or a budget away. Counts for everybody on the plan from the next call on.",
    auth: "admin",
    body: changePlanBody,
    response: { status: 200, schema: planShape },
    errors: ["route.not_found"],
  },
  async ({ actor, params, body }) => planView(await changePlan(actor, params.id ?? "", body)),
);

export const DELETE = route(
  {
    summary: "Delete a plan that nobody has",
    description:
      "Refused while any account is on it, also a deleted one, while a model is for people on it, and for the plan that new accounts begin on.",
    auth: "admin",
    response: { status: 204 },
    errors: ["route.not_found", "plan.in_use"],
  },
  async ({ actor, params }) => {
    await deletePlan(actor, params.id ?? "");
    return undefined;
  },
);
