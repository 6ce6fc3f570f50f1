import { route } from "@/lib/http/route";
import { getRefusal } from "@/lib/refusals/queries";
import { refusalView as refusalShape } from "@/lib/refusals/schema";
import { refusalView } from "@/lib/refusals/view";

export const GET = route(
  {
    summary: "Why was this request refused",
    description:
      "By its request id: every check it had to pass, the one that said no, the numbers at that moment and what to do. Refused and failed requests are kept for seven days; one sees one's own, administrators all.",
    auth: "member",
    response: { status: 200, schema: refusalShape },
    errors: ["refusal.not_found"],
  },
  async ({ actor, params }) => refusalView(await getRefusal(actor, params.id ?? "")),
);
