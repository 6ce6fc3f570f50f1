import { adminModelAnswer } from "@/lib/http/model-answer";
import { route } from "@/lib/http/route";
import { promoteVersion } from "@/lib/models/commands/promote-version";
import { adminModelView, useVersionsBody } from "@/lib/models/schema";

export const POST = route(
  {
    summary: "Promote a version, or roll back to an earlier one",
    description:
      "stable is what everybody gets, next what those get who ask for it. Counts for the next call.",
    auth: "admin",
    body: useVersionsBody,
    response: { status: 200, schema: adminModelView },
    errors: ["model.not_found"],
  },
  async ({ actor, params, body }) => adminModelAnswer(await promoteVersion(actor, params.model ?? "", body)),
);
