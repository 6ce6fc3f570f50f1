import { route } from "@/lib/http/route";
import { riddle } from "@/lib/proofs/schema";
import { riddleFor } from "@/lib/sign-in/guard";

export const GET = route(
  {
    summary: "Get a riddle",
    description:
      "A challenge of ALTCHA (version 2): work for about a second that makes guessing dear. No picture, no other company. Solve it with any client of ALTCHA, and send the solution as captcha where one was asked for; each counts once, for five minutes.",
    auth: "anonymous",
    response: { status: 200, schema: riddle },
  },
  ({ anonymous }) => riddleFor(anonymous),
);
