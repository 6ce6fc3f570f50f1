import { route } from "@/lib/http/route";
import { changePlan } from "@/lib/plans/commands";
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
    summary: "Change the texts or the limits of a plan",
    description:
      "Members that are absent stay as they are; null takes a limit away. Counts for everybody on the plan from the next call on.",
    auth: "admin",
    body: changePlanBody,
    response: { status: 200, schema: planShape },
    errors: ["route.not_found"],
  },
  async ({ actor, params, body }) => planView(await changePlan(actor, params.id ?? "", body)),
);
