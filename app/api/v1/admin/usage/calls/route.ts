import { pageView } from "@/lib/core/page";
import { acceptedType } from "@/lib/http/accept";
import { download } from "@/lib/http/download";
import { route } from "@/lib/http/route";
import { exportAllCalls, listAllCalls } from "@/lib/usage/queries/list-calls";
import { adminCallsQuery, callPageView } from "@/lib/usage/schema";
import { callDownload, callView } from "@/lib/usage/view";

export const GET = route(
  {
    summary: "List everybody's calls one by one",
    description:
      "The same as `/api/v1/usage/calls` over everyone, also as CSV (`Accept: text/csv`) or CloudEvents 1.0 (`application/cloudevents-batch+json`).",
    auth: "admin",
    query: adminCallsQuery,
    response: { status: 200, schema: callPageView },
  },
  async ({ actor, query, request }) => {
    const type = acceptedType(request.headers, ["text/csv", "application/cloudevents-batch+json"]);
    if (!type) return pageView(await listAllCalls(actor, query), callView);
    const { write, contentType, fileName } = callDownload[type];
    return download(write(await exportAllCalls(actor, query)), contentType, fileName);
  },
);
