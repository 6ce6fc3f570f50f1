import { route } from "@/lib/http/route";
import { env } from "@/lib/infra/env";
import { inviteAgain } from "@/lib/users/commands/send-link";
import { linkView as linkShape, sendLinkBody } from "@/lib/users/schema";
import { linkView } from "@/lib/users/view";

export const POST = route(
  {
    summary: "Make a new invitation link",
    description: "The earlier link stops working. Shown here only; send_mail sends it to the person as well.",
    auth: "admin",
    body: sendLinkBody,
    isBodyOptional: true,
    response: { status: 201, schema: linkShape },
    idempotent: true,
    errors: ["user.not_found", "user.not_active", "user.already_active"],
  },
  async ({ actor, params, body }) => linkView(await inviteAgain(actor, params.id ?? "", body), env().baseUrl),
);
