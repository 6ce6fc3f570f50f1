import { route } from "@/lib/http/route";
import { readMail } from "@/lib/mail/commands/read-mail";
import { mailTextView as mailTextShape } from "@/lib/mail/schema";
import { mailTextView } from "@/lib/mail/view";

export const GET = route(
  {
    summary: "Read a mail",
    description:
      "With its text when it was kept because there is no mail server. Reading a text is recorded.",
    auth: "admin",
    // It may hold a link with which somebody else chooses a password, as if a reset had been started here.
    sensitive: true,
    response: { status: 200, schema: mailTextShape },
    errors: ["mail.not_found"],
  },
  async ({ actor, params }) => mailTextView(await readMail(actor, params.id ?? "")),
);
