import { undoStep } from "@/lib/alerts/commands/undo-step";
import { alertView as alertShape } from "@/lib/alerts/schema";
import { alertView } from "@/lib/alerts/view";
import { route } from "@/lib/http/route";

export const POST = route(
  {
    summary: "Undo what an alert did by itself",
    description: "A key that was slowed or frozen works as before, from the next call on.",
    auth: "member:account",
    response: { status: 200, schema: alertShape },
    errors: ["alert.not_found", "alert.nothing_to_undo"],
  },
  async ({ actor, params }) => alertView(await undoStep(actor, params.id ?? "")),
);
