import { meSchema, meView } from "@/lib/http/me";
import { route } from "@/lib/http/route";
import { changeOwnName } from "@/lib/users/commands/change-own";
import { deleteOwnAccount } from "@/lib/users/commands/delete-user";
import { changeOwnBody } from "@/lib/users/schema";

export const GET = route(
  { summary: "Who am I", auth: "member", response: { status: 200, schema: meSchema } },
  async ({ actor }) => meView(actor),
);

export const PATCH = route(
  {
    summary: "Change one's own name",
    auth: "member:account",
    body: changeOwnBody,
    response: { status: 200, schema: meSchema },
  },
  async ({ actor, body }) => {
    const { name } = await changeOwnName(actor, body.name);
    return meView({ ...actor, user: { ...actor.user, name } });
  },
);

export const DELETE = route(
  {
    summary: "Delete one's own account",
    description:
      "All its devices are signed out and its API keys stop working. An administrator can bring it back.",
    auth: "member:account",
    sensitive: true,
    response: { status: 204 },
    errors: ["user.last_admin", "auth.step_up_required"],
  },
  async ({ actor }) => {
    await deleteOwnAccount(actor);
    return undefined;
  },
);
