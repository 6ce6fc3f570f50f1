import { route } from "@/lib/http/route";
import { listOwnAccounts } from "@/lib/providers/queries";
import { accountListView } from "@/lib/providers/schema";
import { accountView } from "@/lib/providers/view";

export const GET = route(
  {
    summary: "List the sign-in services that are connected to the own account",
    auth: "member:account",
    response: { status: 200, schema: accountListView },
  },
  async ({ actor }) => ({ items: (await listOwnAccounts(actor)).map(accountView) }),
);
