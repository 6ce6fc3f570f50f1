import { route } from "@/lib/http/route";
import { changePassword } from "@/lib/sign-in/commands/change-password";
import { changePasswordBody } from "@/lib/sign-in/schema";

export const POST = route(
  {
    summary: "Change one's own password",
    description: "All other sessions of the person end.",
    auth: "member:account",
    body: changePasswordBody,
    response: { status: 204 },
    errors: ["auth.wrong_password", "auth.too_many_attempts", "password.too_weak", "auth.busy"],
  },
  async ({ actor, body }) => {
    await changePassword(actor, body.current_password, body.new_password);
    return undefined;
  },
);
