import { route } from "@/lib/http/route";
import { deleteUser } from "@/lib/users/commands/delete-user";
import { updateUser } from "@/lib/users/commands/update-user";
import { getUser } from "@/lib/users/queries";
import { updateUserBody, userView as userShape } from "@/lib/users/schema";
import { userView } from "@/lib/users/view";

export const GET = route(
  {
    summary: "Read a user",
    auth: "admin",
    response: { status: 200, schema: userShape },
    errors: ["user.not_found"],
  },
  async ({ actor, params }) => userView(await getUser(actor, params.id ?? "")),
);

export const PATCH = route(
  {
    summary: "Change name, role or plan; disable or enable",
    description: "A change of role and disabling end all sessions of the person within a second.",
    auth: "admin",
    body: updateUserBody,
    response: { status: 200, schema: userShape },
    errors: ["user.not_found", "user.last_admin", "user.not_active", "plan.not_found"],
  },
  async ({ actor, params, body }) => userView(await updateUser(actor, params.id ?? "", body)),
);

export const DELETE = route(
  {
    summary: "Delete a user",
    description:
      "The account can be restored; until then nobody can sign in with it, and its address stays taken.",
    auth: "admin",
    response: { status: 204 },
    errors: ["user.not_found", "user.last_admin"],
  },
  async ({ actor, params }) => {
    await deleteUser(actor, params.id ?? "");
    return undefined;
  },
);
