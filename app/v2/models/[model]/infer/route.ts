import { infer, inferDeclaration } from "@/lib/http/oip";
import { modelRoute } from "@/lib/http/oip-route";

export const POST = modelRoute(
  { ...inferDeclaration, summary: "Open Inference Protocol: ask a model" },
  infer,
);
