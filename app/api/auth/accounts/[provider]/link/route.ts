import { beginLinkAt } from "@/lib/http/provider-sign-in";
import { route } from "@/lib/http/route";
import { linkStartView } from "@/lib/providers/schema";

export const POST = route(
  {
    summary: "Begin to connect a sign-in service to the own account",
    description:
      "Answers the address to send the browser to. What the service says there is connected to the account of this session, within ten minutes and once. For browsers: a program has no window to sign in with.",
    auth: "member:account",
    sensitive: true,
    response: { status: 200, schema: linkStartView },
    errors: ["provider.not_found", "auth.provider_failed"],
  },
  async ({ actor, params }) => beginLinkAt(actor, params.provider ?? ""),
);
