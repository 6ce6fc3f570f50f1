import { route } from "@/lib/http/route";
import { verifyEmail } from "@/lib/users/commands/verify-email";
import { verifiedView, verifyEmailBody } from "@/lib/users/schema";

export const POST = route(
  {
    summary: "Prove an e-mail address with a link",
    description:
      "With the link from the mail, which works once. Where it is a new address, it is changed now.",
    auth: "anonymous",
    body: verifyEmailBody,
    response: { status: 200, schema: verifiedView },
    errors: ["link.invalid"],
  },
  async ({ anonymous, body }) => ({ email: await verifyEmail(anonymous, body.token) }),
);
