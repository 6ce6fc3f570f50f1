import { route } from "@/lib/http/route";
import { reportLeak } from "@/lib/keys/commands/report-leak";
import { reportKeyBody, reportView } from "@/lib/keys/schema";

export const POST = route(
  {
    summary: "Report an API key that leaked",
    description:
      "Send what you found, alone or with the text around it. If it is a key of this install it stops working at once. The answer is the same for everything, so that nobody can try keys out here.",
    auth: "anonymous",
    body: reportKeyBody,
    response: { status: 202, schema: reportView },
  },
  async ({ anonymous, body }) => {
    await reportLeak(anonymous, body.secret);
    return { status: "received" as const };
  },
);
