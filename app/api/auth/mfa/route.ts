import { getOwnFactors, needsFactor } from "@/lib/factors/queries";
import { factorsView as factorsShape } from "@/lib/factors/schema";
import { factorsView } from "@/lib/factors/view";
import { route } from "@/lib/http/route";
import { currentSettings } from "@/lib/settings/queries";

export const GET = route(
  {
    summary: "Read one's own second factors",
    description: "The app, the passkeys and how many recovery codes are left; never a secret.",
    auth: "member:account",
    response: { status: 200, schema: factorsShape },
  },
  async ({ actor }) =>
    factorsView(await getOwnFactors(actor), needsFactor(actor.user, await currentSettings())),
);
