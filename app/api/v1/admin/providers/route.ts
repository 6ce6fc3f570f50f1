import { route } from "@/lib/http/route";
import { env } from "@/lib/infra/env";
import { createProvider } from "@/lib/providers/commands/create-provider";
import { listProviders } from "@/lib/providers/queries";
import { createProviderBody, providerListView, providerView as providerShape } from "@/lib/providers/schema";
import { providerView } from "@/lib/providers/view";

export const GET = route(
  { summary: "List sign-in services", auth: "admin", response: { status: 200, schema: providerListView } },
  async ({ actor }) => ({
    items: (await listProviders(actor)).map((provider) => providerView(provider, env().baseUrl)),
    next_cursor: null,
  }),
);

export const POST = route(
  {
    summary: "Add a sign-in service",
    description:
      "GitHub, Google, or any OpenID Connect service by its issuer, which is asked what it says of itself. The client secret is stored encrypted and never answered again. Tell the service the callback_url of the answer.",
    auth: "admin",
    body: createProviderBody,
    response: { status: 201, schema: providerShape },
    idempotent: true,
    errors: ["provider.name_taken"],
  },
  async ({ actor, body }) => providerView(await createProvider(actor, body), env().baseUrl),
);
