import { meSchema, meView } from "@/lib/http/me";
import { route } from "@/lib/http/route";
import { changeOwnName } from "@/lib/users/commands/change-own";
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
