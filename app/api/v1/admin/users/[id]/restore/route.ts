import { route } from "@/lib/http/route";
import { restoreUser } from "@/lib/users/commands/delete-user";
import { userView as userShape } from "@/lib/users/schema";
import { userView } from "@/lib/users/view";

export const POST = route(
  {
    summary: "Restore a deleted user",
    auth: "admin",
    response: { status: 200, schema: userShape },
    errors: ["user.not_found"],
  },
  async ({ actor, params }) => userView(await restoreUser(actor, params.id ?? "")),
);
