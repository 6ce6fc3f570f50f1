import { verifyAuditChain } from "@/lib/audit/queries";
import { chainReportView } from "@/lib/audit/schema";
import { chainView } from "@/lib/audit/view";
import { route } from "@/lib/http/route";

export const POST = route(
  {
    summary: "Verify the audit log",
    description:
      "Follows the chain of hashes from the first event to the newest and names the first broken place.",
    auth: "admin",
    sensitive: false,
    response: { status: 200, schema: chainReportView },
  },
  async ({ actor }) => chainView(await verifyAuditChain(actor)),
);
