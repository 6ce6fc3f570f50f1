import { resetFactors } from "@/lib/factors/commands/reset-factors";
import { route } from "@/lib/http/route";

export const DELETE = route(
  {
    summary: "Remove all second factors of a user",
    description:
      "For somebody who is locked out. All their sessions end, and they are told by mail. Where their role needs a second factor, the next sign-in sets one up.",
    auth: "admin",
    response: { status: 204 },
    errors: ["user.not_found"],
  },
  async ({ actor, params }) => {
    await resetFactors(actor, params.id ?? "");
    return undefined;
  },
);
