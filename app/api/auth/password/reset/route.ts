import { route } from "@/lib/http/route";
import { resetPassword } from "@/lib/users/commands/use-link";
import { resetPasswordBody } from "@/lib/users/schema";

export const POST = route(
  {
    summary: "Set a new password with a reset link",
    description: "The link works once. All sessions of the person end.",
    auth: "anonymous",
    body: resetPasswordBody,
    response: { status: 204 },
    errors: ["link.invalid", "password.too_weak", "auth.busy"],
  },
  async ({ anonymous, body }) => {
    await resetPassword(anonymous, body.token, body.new_password);
    return undefined;
  },
);
