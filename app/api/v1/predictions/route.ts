import { pageView } from "@/lib/core/page";
import { secondMs } from "@/lib/core/time";
import { jsonAnswer } from "@/lib/http/answer";
import { preferredWait } from "@/lib/http/prefer";
import { route } from "@/lib/http/route";
import { predict } from "@/lib/predictions/commands/predict-rows";
import { listPredictions } from "@/lib/predictions/queries";
import { predictBody, predictionPageView, predictionQuery, predictView } from "@/lib/predictions/schema";
import { predictionView } from "@/lib/predictions/view";
import { runErrors } from "@/lib/runners/domain";

export const GET = route(
  {
    summary: "List your predictions",
    description:
      "Newest first, as far and as long as their models keep them. An API key sees only the calls made with it.",
    auth: "member:predict",
    query: predictionQuery,
    response: { status: 200, schema: predictionPageView },
  },
  async ({ actor, query }) => pageView(await listPredictions(actor, query), predictionView),
);

export const POST = route(
  {
    summary: "Call a model",
    description:
      "With `input`, one row, or `inputs`, several of them; the answer has `output` or `outputs` accordingly. The header `Prefer: wait=10` bounds the wait to so many seconds, within the model's own limit. An `Idempotency-Key` keeps the answer of a call that succeeded for a day; calls that failed run again.",
    auth: "member:predict",
    limit: "call",
    body: predictBody,
    response: { status: 200, schema: predictView },
    idempotent: true,
    errors: [
      "rate.limited",
      "rate.too_many_at_once",
      "model.not_found",
      "model.version_not_found",
      "model.paused",
      ...runErrors,
    ],
  },
  async ({ actor, body, request }) => {
    const seconds = preferredWait(request.headers);
    if (seconds === null) return predict(actor, body, request);
    const answer = await predict(actor, body, request, seconds * secondMs);
    const response = jsonAnswer(200, answer);
    response.headers.set("preference-applied", `wait=${seconds}`);
    return response;
  },
);
