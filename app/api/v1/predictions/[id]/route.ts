import { route } from "@/lib/http/route";
import { getPrediction } from "@/lib/predictions/queries";
import { predictionView as predictionShape } from "@/lib/predictions/schema";
import { predictionView } from "@/lib/predictions/view";

export const GET = route(
  {
    summary: "Read one of your predictions",
    description:
      "As far as its model keeps it: input and output, fingerprints of them, or neither. A body of more than 64 KiB is kept as its fingerprint. An API key sees only the calls made with it.",
    auth: "member:predict",
    response: { status: 200, schema: predictionShape },
    errors: ["prediction.not_found"],
  },
  async ({ actor, params }) => predictionView(await getPrediction(actor, params.id ?? "")),
);
