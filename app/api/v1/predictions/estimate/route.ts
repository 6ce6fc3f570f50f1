import { route } from "@/lib/http/route";
import { estimateCall } from "@/lib/predictions/commands/estimate-call";
import { estimateView, predictBody } from "@/lib/predictions/schema";

export const POST = route(
  {
    summary: "What would a call cost, and would it be let in?",
    description:
      "The body of a call. It is validated as the call would be, priced, and compared with every limit of your plan as it stands now. Nothing runs, and nothing is counted: no call, no unit, no history. Between the answer and the call others may take what is left; the call itself is told so.",
    auth: "member:predict",
    body: predictBody,
    response: { status: 200, schema: estimateView },
    errors: ["model.not_found", "model.version_not_found", "model.paused"],
  },
  async ({ actor, body }) => estimateCall(actor, body),
);
