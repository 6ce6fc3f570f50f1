import { askerOf } from "@/lib/http/oauth-client";
import { requireParameter } from "@/lib/http/oauth-errors";
import { oauthRoute } from "@/lib/http/oauth-route";
import { introspectToken } from "@/lib/tokens/queries";
import { introspectionView as introspectionShape, oneTokenForm } from "@/lib/tokens/schema";
import { introspectionView } from "@/lib/tokens/view";

export const POST = oauthRoute(
  {
    summary: "Ask about a token",
    description:
      "RFC 7662, for callers with an API key (as OAuth client or in a header) or an access token. One sees the tokens of one's own account; an administrator sees all.",
    form: oneTokenForm,
    response: { status: 200, schema: introspectionShape },
  },
  async ({ client, form, anonymous, request }) => {
    const asker = await askerOf(client, request.headers, anonymous.origin);
    return introspectionView(await introspectToken(asker, requireParameter("token", form.token)));
  },
);
