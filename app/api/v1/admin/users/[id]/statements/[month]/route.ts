import { route } from "@/lib/http/route";
import { statementOf } from "@/lib/usage/queries/month-statement";
import { statementView } from "@/lib/usage/schema";

export const GET = route(
  {
    summary: "What a month cost a user",
    auth: "admin",
    response: { status: 200, schema: statementView },
    errors: ["user.not_found", "request.invalid"],
  },
  async ({ actor, params }) => statementOf(actor, params.id ?? "", params.month ?? ""),
);
