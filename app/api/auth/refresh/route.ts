import { route } from "@/lib/http/route";
import { now } from "@/lib/infra/clock";
import { refreshTokens } from "@/lib/tokens/commands/refresh-tokens";
import { refreshBody, tokenPairView as tokenPairShape } from "@/lib/tokens/schema";
import { tokenPairView } from "@/lib/tokens/view";

export const POST = route(
  {
    summary: "Get the next pair of tokens",
    description:
      "A refresh token works once. The same answer is given again for ten seconds, so that requests which race each other all go on; after that, using it again ends the whole sign-in.",
    auth: "anonymous",
    body: refreshBody,
    response: { status: 200, schema: tokenPairShape },
    errors: ["auth.invalid_token", "auth.refresh_reused"],
  },
  async ({ anonymous, body }) => tokenPairView(await refreshTokens(anonymous, body.refresh_token), now()),
);
