import { changeChoices } from "@/lib/alerts/commands/change-choices";
import { alertChoices } from "@/lib/alerts/queries";
import { alertChoicesBody, alertChoicesView } from "@/lib/alerts/schema";
import { route } from "@/lib/http/route";

export const GET = route(
  {
    summary: "Read what you want to be told of",
    auth: "member:account",
    response: { status: 200, schema: alertChoicesView },
  },
  async ({ actor }) => alertChoices(actor),
);

export const PUT = route(
  {
    summary: "Choose what you want to be told of",
    description: "By mail and webhook; in the app every alert is shown in any case.",
    auth: "member:account",
    body: alertChoicesBody,
    response: { status: 200, schema: alertChoicesView },
  },
  async ({ actor, body }) => changeChoices(actor, body),
);
