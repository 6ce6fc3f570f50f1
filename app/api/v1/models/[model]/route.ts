import { modelAnswer } from "@/lib/http/model-answer";
import { route } from "@/lib/http/route";
import { findUsableModel } from "@/lib/models/queries";
import { modelView } from "@/lib/models/schema";

export const GET = route(
  {
    summary: "Read a model you may use",
    auth: "member:models:read",
    response: { status: 200, schema: modelView },
    errors: ["model.not_found"],
  },
  async ({ actor, params }) => modelAnswer(await findUsableModel(actor, params.model ?? "")),
);
