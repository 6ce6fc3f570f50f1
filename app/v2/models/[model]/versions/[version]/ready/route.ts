import { modelReady, modelReadyView } from "@/lib/http/oip";
import { modelRoute } from "@/lib/http/oip-route";

export const GET = modelRoute(
  {
    summary: "Open Inference Protocol: is a version of a model ready",
    description: "503 with the same body while it is paused or cannot be started.",
    response: { status: 200, schema: modelReadyView },
  },
  async (asked) => modelReady(asked),
);
