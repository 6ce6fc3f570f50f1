import { route } from "@/lib/http/route";
import { verifyAnswer, verifyQuery } from "@/lib/http/verify";

export const GET = route(
  {
    summary: "May this caller come in",
    description:
      "For a reverse proxy in front of another service (nginx auth_request, Caddy forward_auth, Traefik). Answers who it is in the headers X-Adyton-User, X-Adyton-Role, X-Adyton-Plan and X-Adyton-Key, with an empty body. Counts as one call.",
    auth: "member",
    limit: "call",
    query: verifyQuery,
    response: { status: 200 },
    errors: ["rate.limited", "auth.scope_missing"],
  },
  async ({ actor, query }) => verifyAnswer(actor, query),
);
