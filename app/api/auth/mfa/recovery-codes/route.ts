import { createRecoveryCodes } from "@/lib/factors/commands/create-recovery-codes";
import { recoveryCodesView } from "@/lib/factors/schema";
import { route } from "@/lib/http/route";

export const POST = route(
  {
    summary: "Make new recovery codes",
    description: "Ten codes, shown this once. The earlier ones stop working.",
    auth: "member:account",
    sensitive: true,
    response: { status: 200, schema: recoveryCodesView },
    errors: ["factor.not_found"],
  },
  async ({ actor }) => ({ recovery_codes: await createRecoveryCodes(actor) }),
);
