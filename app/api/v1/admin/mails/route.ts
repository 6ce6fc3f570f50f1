import { pageView } from "@/lib/core/page";
import { route } from "@/lib/http/route";
import { listMails } from "@/lib/mail/queries";
import { mailPageView, mailQuery } from "@/lib/mail/schema";
import { mailView } from "@/lib/mail/view";

export const GET = route(
  {
    summary: "List mails",
    description: "What went out, what waits, what failed and why, and what was kept without a mail server.",
    auth: "admin",
    query: mailQuery,
    response: { status: 200, schema: mailPageView },
  },
  async ({ actor, query }) => pageView(await listMails(actor, query), mailView),
);
