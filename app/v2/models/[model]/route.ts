import { modelMetadata, modelMetadataView } from "@/lib/http/oip";
import { modelRoute } from "@/lib/http/oip-route";

export const GET = modelRoute(
  {
    summary: "Open Inference Protocol: the tensors of a model",
    response: { status: 200, schema: modelMetadataView },
  },
  async (asked) => modelMetadata(asked),
);
