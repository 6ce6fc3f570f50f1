import { acceptedType } from "@/lib/http/accept";
import { Answer } from "@/lib/http/answer";
import { route } from "@/lib/http/route";
import { adminUsageReport, tableRowsMax } from "@/lib/usage/queries/usage-report";
import { adminUsageQuery, adminUsageView } from "@/lib/usage/schema";
import { adminReportAsCsv } from "@/lib/usage/view";

export const GET = route(
  {
    summary: "See what everybody used",
    description:
      "The same as `/api/v1/usage` over everyone, with what it cost the owner and what is left as margin; also by user and by plan. Of users and keys the 100 with the most calls; with `Accept: text/csv` up to 10,000 of them as a table.",
    auth: "admin",
    query: adminUsageQuery,
    response: { status: 200, schema: adminUsageView },
  },
  async ({ actor, query, request }) => {
    if (!acceptedType(request.headers, ["text/csv"])) return adminUsageReport(actor, query);
    const report = await adminUsageReport(actor, query, tableRowsMax);
    return new Answer(200, adminReportAsCsv(report), {
      "content-type": "text/csv; charset=utf-8",
      "content-disposition": 'attachment; filename="adyton-usage.csv"',
    });
  },
);
