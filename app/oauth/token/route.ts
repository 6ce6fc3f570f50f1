import { grantTokens } from "@/lib/http/oauth-grants";
import { oauthRoute } from "@/lib/http/oauth-route";
import { now } from "@/lib/infra/clock";
import { tokenAnswerView as tokenAnswerShape, tokenForm } from "@/lib/tokens/schema";
import { tokenAnswerView } from "@/lib/tokens/view";

export const POST = oauthRoute(
  {
    summary: "Get an access token",
    description:
      "RFC 6749 with the grants refresh_token and client_credentials (an API key: its id is the client id, the key itself the secret).",
    form: tokenForm,
    response: { status: 200, schema: tokenAnswerShape },
  },
  async ({ client, form, anonymous }) => tokenAnswerView(await grantTokens(anonymous, client, form), now()),
);
