import { route } from "@/lib/http/route";
import { sendAgain } from "@/lib/mail/commands/send-again";
import { mailView as mailShape } from "@/lib/mail/schema";
import { mailView } from "@/lib/mail/view";

export const POST = route(
  {
    summary: "Send a mail again",
    description:
      "Puts one back into the queue that failed, waits after a failure, or was kept. It is written anew.",
    auth: "admin",
    response: { status: 202, schema: mailShape },
    errors: ["mail.not_found", "mail.not_waiting"],
  },
  async ({ actor, params }) => mailView(await sendAgain(actor, params.id ?? "")),
);
