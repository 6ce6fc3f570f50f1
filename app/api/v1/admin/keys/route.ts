import { pageView } from "@/lib/core/page";
import { route } from "@/lib/http/route";
import { now } from "@/lib/infra/clock";
import { listAllKeys } from "@/lib/keys/queries";
import { adminKeyPageView, adminKeyQuery } from "@/lib/keys/schema";
import { adminKeyView } from "@/lib/keys/view";

export const GET = route(
  {
    summary: "List everybody's API keys",
    description:
      "owner is the id of a user or a part of the name or e-mail; model finds keys that may use it; used is never, the days within which a key was used, or those it was not used for.",
    auth: "admin",
    query: adminKeyQuery,
    response: { status: 200, schema: adminKeyPageView },
  },
  async ({ actor, query }) => pageView(await listAllKeys(actor, query), (key) => adminKeyView(key, now())),
);
