import { markSeen } from "@/lib/alerts/commands/mark-seen";
import { alertView as alertShape } from "@/lib/alerts/schema";
import { alertView } from "@/lib/alerts/view";
import { route } from "@/lib/http/route";

export const POST = route(
  {
    summary: "Mark an alert as seen",
    description: "One for all administrators is seen when one of them did this.",
    auth: "member:account",
    response: { status: 200, schema: alertShape },
    errors: ["alert.not_found"],
  },
  async ({ actor, params }) => alertView(await markSeen(actor, params.id ?? "")),
);
