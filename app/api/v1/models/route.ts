import { pageView } from "@/lib/core/page";
import { modelAnswer } from "@/lib/http/model-answer";
import { route } from "@/lib/http/route";
import { listUsableModels } from "@/lib/models/queries";
import { modelPageView, modelQuery } from "@/lib/models/schema";

export const GET = route(
  {
    summary: "List the models you may use",
    description:
      "By name, with what goes in and comes out. A key that is bound to models sees these. q searches name, title and description.",
    auth: "member:models:read",
    query: modelQuery,
    response: { status: 200, schema: modelPageView },
  },
  async ({ actor, query }) => pageView(await listUsableModels(actor, query), modelAnswer),
);
