import { route } from "@/lib/http/route";
import { now } from "@/lib/infra/clock";
import { getAnyKey } from "@/lib/keys/queries";
import { adminKeyView as adminKeyShape } from "@/lib/keys/schema";
import { adminKeyView } from "@/lib/keys/view";

export const GET = route(
  {
    summary: "Read anybody's API key",
    auth: "admin",
    response: { status: 200, schema: adminKeyShape },
    errors: ["key.not_found"],
  },
  async ({ actor, params }) => adminKeyView(await getAnyKey(actor, params.id ?? ""), now()),
);
