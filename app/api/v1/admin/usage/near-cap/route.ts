import { route } from "@/lib/http/route";
import { nearCap } from "@/lib/usage/queries/near-cap";
import { nearCapQuery, nearCapView } from "@/lib/usage/schema";

export const GET = route(
  {
    summary: "Who is near a cap",
    description:
      "Everybody who used up that many percent, 75 if none are named, of the units or the budget of this month, or of the budget of today. The nearest first, at most 100 of them.",
    auth: "admin",
    query: nearCapQuery,
    response: { status: 200, schema: nearCapView },
  },
  async ({ actor, query }) => ({ items: await nearCap(actor, query), next_cursor: null }),
);
