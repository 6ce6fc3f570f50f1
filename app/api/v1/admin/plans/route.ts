import { route } from "@/lib/http/route";
import { listPlans } from "@/lib/plans/queries";
import { planListView } from "@/lib/plans/schema";
import { planView } from "@/lib/plans/view";

export const GET = route(
  { summary: "List plans", auth: "admin", response: { status: 200, schema: planListView } },
  async () => ({ items: (await listPlans()).map(planView), next_cursor: null }),
);
