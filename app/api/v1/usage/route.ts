import { acceptedType } from "@/lib/http/accept";
import { Answer } from "@/lib/http/answer";
import { route } from "@/lib/http/route";
import { usageReport } from "@/lib/usage/queries/usage-report";
import { usageQuery, usageView } from "@/lib/usage/schema";
import { reportAsCsv } from "@/lib/usage/view";

export const GET = route(
  {
    summary: "See what you used",
    description:
      "Calls, errors, rows, units, cost and latency in a range of days (UTC), over time or by model or key. `key=none` is what was called without a key. With `Accept: text/csv` the rows as a table. An API key sees the numbers of its owner, of all keys.",
    auth: "member:usage:read",
    query: usageQuery,
    response: { status: 200, schema: usageView },
  },
  async ({ actor, query, request }) => {
    const report = await usageReport(actor, query);
    if (!acceptedType(request.headers, ["text/csv"])) return report;
    return new Answer(200, reportAsCsv(report), {
      "content-type": "text/csv; charset=utf-8",
      "content-disposition": 'attachment; filename="adyton-usage.csv"',
    });
  },
);
