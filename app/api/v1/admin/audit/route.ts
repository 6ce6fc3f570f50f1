import { listAuditEvents } from "@/lib/audit/queries";
import { auditPageView, auditQuery } from "@/lib/audit/schema";
import { auditView } from "@/lib/audit/view";
import { pageView } from "@/lib/core/page";
import { route } from "@/lib/http/route";

export const GET = route(
  {
    summary: "Read the audit log, newest first",
    auth: "admin",
    query: auditQuery,
    response: { status: 200, schema: auditPageView },
  },
  async ({ actor, query }) => pageView(await listAuditEvents(actor, query), auditView),
);
