import { route } from "@/lib/http/route";
import { env } from "@/lib/infra/env";
import { startPasswordReset } from "@/lib/users/commands/send-link";
import { linkView as linkShape, sendLinkBody } from "@/lib/users/schema";
import { linkView } from "@/lib/users/view";

export const POST = route(
  {
    summary: "Start a password reset",
    description:
      "Answers with a one-time link for the person; send_mail sends it by mail as well. The administrator never chooses the password.",
    auth: "admin",
    body: sendLinkBody,
    isBodyOptional: true,
    response: { status: 201, schema: linkShape },
    idempotent: true,
    errors: ["user.not_found", "user.not_active"],
  },
  async ({ actor, params, body }) =>
    linkView(await startPasswordReset(actor, params.id ?? "", body), env().baseUrl),
);
