import { acceptedType } from "@/lib/http/accept";
import { Answer } from "@/lib/http/answer";
import { route } from "@/lib/http/route";
import { adminUsageReport } from "@/lib/usage/queries/usage-report";
import { adminUsageQuery, adminUsageView } from "@/lib/usage/schema";
import { adminReportAsCsv } from "@/lib/usage/view";

export const GET = route(
  {
    summary: "See what everybody used",
    description:
      "The same as `/api/v1/usage` over everyone, with what it cost the owner and what is left as margin; also by user and by plan. Of users and keys the 1,000 with the most calls. With `Accept: text/csv` the rows as a table.",
    auth: "admin",
    query: adminUsageQuery,
    response: { status: 200, schema: adminUsageView },
  },
  async ({ actor, query, request }) => {
    const report = await adminUsageReport(actor, query);
    if (!acceptedType(request.headers, ["text/csv"])) return report;
    return new Answer(200, adminReportAsCsv(report), {
      "content-type": "text/csv; charset=utf-8",
      "content-disposition": 'attachment; filename="adyton-usage.csv"',
    });
  },
);
