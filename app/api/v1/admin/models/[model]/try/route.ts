import { route } from "@/lib/http/route";
import { tryVersionBody } from "@/lib/models/schema";
import { tryVersion } from "@/lib/predictions/commands/try-version";
import { trialView } from "@/lib/predictions/schema";
import { runErrors } from "@/lib/runners/domain";

export const POST = route(
  {
    summary: "Try a version",
    description:
      "What a version says of one row, perhaps with a signature that is not saved yet. Works for paused models too, counts nowhere and is not kept.",
    auth: "admin",
    sensitive: false,
    body: tryVersionBody,
    response: { status: 200, schema: trialView },
    errors: ["model.not_found", "model.version_not_found", ...runErrors],
  },
  async ({ actor, params, body, request }) => {
    const { output, queueMs, predictMs } = await tryVersion(actor, params.model ?? "", body, request);
    return { output, metrics: { predict_ms: predictMs, queue_ms: queueMs } };
  },
);
