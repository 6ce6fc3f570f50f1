import { route } from "@/lib/http/route";
import { monthStatement } from "@/lib/usage/queries/month-statement";
import { statementView } from "@/lib/usage/schema";

export const GET = route(
  {
    summary: "What a month cost you",
    description:
      "One line for each model and key of a month such as `2026-11` (UTC), and what they add up to. A month that is not over still grows. An API key sees the statement of its owner.",
    auth: "member:usage:read",
    response: { status: 200, schema: statementView },
    errors: ["request.invalid"],
  },
  async ({ actor, params }) => monthStatement(actor, params.month ?? ""),
);
