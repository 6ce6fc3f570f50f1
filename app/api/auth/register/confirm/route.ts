import { route } from "@/lib/http/route";
import { confirmRegistration } from "@/lib/users/commands/confirm-registration";
import { confirmRegistrationBody, registeredView } from "@/lib/users/schema";
import { userView } from "@/lib/users/view";

export const POST = route(
  {
    summary: "Finish a registration by choosing a password",
    description: "With the link from the mail, which works once. Makes the account; the address is proven.",
    auth: "anonymous",
    body: confirmRegistrationBody,
    response: { status: 201, schema: registeredView },
    idempotent: true,
    errors: ["link.invalid", "password.too_weak", "auth.registration_closed", "auth.busy"],
  },
  async ({ anonymous, body }) => ({ user: userView(await confirmRegistration(anonymous, body)) }),
);
