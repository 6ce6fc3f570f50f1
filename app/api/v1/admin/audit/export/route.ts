import { exportAuditLog } from "@/lib/audit/commands/export-log";
import { route } from "@/lib/http/route";

export const GET = route(
  {
    summary: "Download the audit log",
    description: "One JSON object per line, oldest first. The download is itself recorded.",
    auth: "admin",
    response: { status: 200, contentType: "application/x-ndjson" },
  },
  async ({ actor }) =>
    new Response(await exportAuditLog(actor), {
      headers: {
        "content-type": "application/x-ndjson",
        "content-disposition": 'attachment; filename="adyton-audit.jsonl"',
      },
    }),
);
