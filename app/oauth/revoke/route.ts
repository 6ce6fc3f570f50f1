import { requireParameter } from "@/lib/http/oauth-errors";
import { oauthRoute } from "@/lib/http/oauth-route";
import { revokeToken } from "@/lib/tokens/commands/revoke-token";
import { oneTokenForm } from "@/lib/tokens/schema";

export const POST = oauthRoute(
  {
    summary: "Revoke a token",
    description:
      "RFC 7009. Ends the sign-in the token belongs to, with all of its tokens. The answer is the same for tokens nobody knows.",
    form: oneTokenForm,
    response: { status: 200 },
  },
  async ({ form, anonymous }) => {
    await revokeToken(anonymous, requireParameter("token", form.token));
    return new Response(null, { status: 200 });
  },
);
