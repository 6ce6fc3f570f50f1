import { route } from "@/lib/http/route";
import { limitsLeft } from "@/lib/usage/queries/limits-left";
import { limitsLeftView } from "@/lib/usage/schema";

export const GET = route(
  {
    summary: "What is left of each of your limits",
    description:
      "Calls in a minute, in an hour and at once, the units of the month, and the budgets of the month and the day: what is used, what running calls and tasks hold, what is left, and when it is free again. Asking counts against none of them.",
    auth: "member:usage:read",
    response: { status: 200, schema: limitsLeftView },
  },
  async ({ actor }) => limitsLeft(actor),
);
