import { route } from "@/lib/http/route";
import { grantUnits } from "@/lib/usage/commands/grant-units";
import { listGrants } from "@/lib/usage/queries/list-grants";
import { grantBody, grantListView, grantView as grantShape } from "@/lib/usage/schema";
import { grantView } from "@/lib/usage/view";

export const GET = route(
  {
    summary: "List the extra units of a user",
    description: "Newest first.",
    auth: "admin",
    response: { status: 200, schema: grantListView },
    errors: ["user.not_found"],
  },
  async ({ actor, params }) => ({
    items: (await listGrants(actor, params.id ?? "")).map(grantView),
    next_cursor: null,
  }),
);

export const POST = route(
  {
    summary: "Give a user extra units",
    description:
      "For one month, this one if none is named, on top of the quota of the plan. They count from the next call on. Without a quota there is nothing to add to; they are kept all the same, for the day the plan has one.",
    auth: "admin",
    body: grantBody,
    response: { status: 201, schema: grantShape },
    idempotent: true,
    errors: ["user.not_found", "user.not_active"],
  },
  async ({ actor, params, body }) => grantView(await grantUnits(actor, params.id ?? "", body)),
);
