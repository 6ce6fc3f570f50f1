import { pageView } from "@/lib/core/page";
import { route } from "@/lib/http/route";
import { env } from "@/lib/infra/env";
import { createUser } from "@/lib/users/commands/create-user";
import { listUsers } from "@/lib/users/queries";
import { createUserBody, userPageView, userQuery, userWithInvitationView } from "@/lib/users/schema";
import { linkView, userView } from "@/lib/users/view";

export const GET = route(
  {
    summary: "List users",
    description: "Search, filter, sort and page. Deleted accounts are listed with state=deleted only.",
    auth: "admin",
    query: userQuery,
    response: { status: 200, schema: userPageView },
  },
  async ({ actor, query }) => pageView(await listUsers(actor, query), userView),
);

export const POST = route(
  {
    summary: "Create a user",
    description:
      "Answers with a one-time invitation link, shown here only; send_mail sends it by mail as well. The person chooses the password.",
    auth: "admin",
    body: createUserBody,
    response: { status: 201, schema: userWithInvitationView },
    idempotent: true,
    errors: ["user.email_taken", "user.email_taken_by_deleted", "plan.not_found"],
  },
  async ({ actor, body }) => {
    const { user, link } = await createUser(actor, body);
    return { user: userView(user), invitation: linkView(link, env().baseUrl) };
  },
);
