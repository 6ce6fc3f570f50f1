import { pageView } from "@/lib/core/page";
import { acceptedType } from "@/lib/http/accept";
import { download } from "@/lib/http/download";
import { route } from "@/lib/http/route";
import { exportCalls, listCalls } from "@/lib/usage/queries/list-calls";
import { callPageView, callsQuery } from "@/lib/usage/schema";
import { callDownload, callView } from "@/lib/usage/view";

export const GET = route(
  {
    summary: "List your calls one by one",
    description:
      "Newest first, as long as single calls are kept. With `Accept: text/csv`, or `application/cloudevents-batch+json` for CloudEvents 1.0, all calls of the range, oldest first, as one download; `after` goes on where one broke off. An API key sees the calls of its owner, of all keys.",
    auth: "member:usage:read",
    query: callsQuery,
    response: { status: 200, schema: callPageView },
  },
  async ({ actor, query, request }) => {
    const type = acceptedType(request.headers, ["text/csv", "application/cloudevents-batch+json"]);
    if (!type) return pageView(await listCalls(actor, query), callView);
    const { write, contentType, fileName } = callDownload[type];
    return download(write(await exportCalls(actor, query)), contentType, fileName);
  },
);
