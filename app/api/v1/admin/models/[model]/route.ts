import { adminModelAnswer } from "@/lib/http/model-answer";
import { route } from "@/lib/http/route";
import { changeModel } from "@/lib/models/commands/change-model";
import { deleteModel } from "@/lib/models/commands/delete-model";
import { getModel } from "@/lib/models/queries";
import { adminModelView, changeModelBody } from "@/lib/models/schema";

export const GET = route(
  {
    summary: "Read any model",
    auth: "admin",
    response: { status: 200, schema: adminModelView },
    errors: ["model.not_found"],
  },
  async ({ actor, params }) => adminModelAnswer(await getModel(actor, params.model ?? "")),
);

export const PATCH = route(
  {
    summary: "Change a model's words, bounds or who may use it; pause or resume it",
    description: "Members that are absent stay as they are. Counts for the next call.",
    auth: "admin",
    body: changeModelBody,
    response: { status: 200, schema: adminModelView },
    errors: ["model.not_found"],
  },
  async ({ actor, params, body }) => adminModelAnswer(await changeModel(actor, params.model ?? "", body)),
);

export const DELETE = route(
  {
    summary: "Delete a model",
    description:
      "Nobody can call it or see it any more. Its name stays taken, so that no key opens something it was not made for.",
    auth: "admin",
    response: { status: 204 },
    errors: ["model.not_found"],
  },
  async ({ actor, params }) => {
    await deleteModel(actor, params.model ?? "");
    return undefined;
  },
);
