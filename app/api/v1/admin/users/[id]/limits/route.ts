import { route } from "@/lib/http/route";
import { limitsLeftOf } from "@/lib/usage/queries/limits-left";
import { limitsLeftView } from "@/lib/usage/schema";

export const GET = route(
  {
    summary: "What is left of each limit of a user",
    auth: "admin",
    response: { status: 200, schema: limitsLeftView },
    errors: ["user.not_found"],
  },
  async ({ actor, params }) => limitsLeftOf(actor, params.id ?? ""),
);
