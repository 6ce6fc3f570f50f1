import { pageView } from "@/lib/core/page";
import { adminModelAnswer } from "@/lib/http/model-answer";
import { route } from "@/lib/http/route";
import { createModel } from "@/lib/models/commands/create-model";
import { listAllModels } from "@/lib/models/queries";
import { adminModelPageView, adminModelView, createModelBody, modelQuery } from "@/lib/models/schema";

export const GET = route(
  {
    summary: "List all models",
    description: "By name, with how their runners are and what this process has counted since it started.",
    auth: "admin",
    query: modelQuery,
    response: { status: 200, schema: adminModelPageView },
  },
  async ({ actor, query }) => pageView(await listAllModels(actor, query), adminModelAnswer),
);

export const POST = route(
  {
    summary: "Create a model",
    description:
      "From a file that was uploaded, or an upstream; that is its version 1 and in use at once. Without a signature columns are numbered and results are as the model gives them.",
    auth: "admin",
    body: createModelBody,
    response: { status: 201, schema: adminModelView },
    idempotent: true,
    errors: [
      "model.name_taken",
      "model.file_unknown",
      "model.file_unusable",
      "upstream.unreachable",
      "upstream.invalid_answer",
      "upstream.address_not_allowed",
    ],
  },
  async ({ actor, body }) => adminModelAnswer(await createModel(actor, body)),
);
