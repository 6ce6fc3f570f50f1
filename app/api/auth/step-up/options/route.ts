import { route } from "@/lib/http/route";
import { listProofs } from "@/lib/sign-in/commands/step-up";
import { stepUpOptionsView } from "@/lib/sign-in/schema";

export const POST = route(
  {
    summary: "Ask how to prove once more who one is",
    description: "With the second factor, or, for somebody who has none, with the password.",
    auth: "member:account",
    response: { status: 200, schema: stepUpOptionsView },
  },
  async ({ actor }) => {
    const { methods, ...passkey } = await listProofs(actor);
    return { methods: [...methods], ...passkey };
  },
);
