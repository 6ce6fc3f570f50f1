import { route } from "@/lib/http/route";
import { env } from "@/lib/infra/env";
import { changeProvider } from "@/lib/providers/commands/change-provider";
import { deleteProvider } from "@/lib/providers/commands/delete-provider";
import { getProvider } from "@/lib/providers/queries";
import { changeProviderBody, providerView as providerShape } from "@/lib/providers/schema";
import { providerView } from "@/lib/providers/view";

export const GET = route(
  {
    summary: "Read a sign-in service",
    auth: "admin",
    response: { status: 200, schema: providerShape },
    errors: ["provider.not_found"],
  },
  async ({ actor, params }) => providerView(await getProvider(actor, params.id ?? ""), env().baseUrl),
);

export const PATCH = route(
  {
    summary: "Change a sign-in service",
    description:
      "Members that are absent stay as they are. Switched off, it lets nobody in, and every connection to it stays for when it is switched on again. The issuer cannot be changed: another issuer is another service.",
    auth: "admin",
    body: changeProviderBody,
    response: { status: 200, schema: providerShape },
    errors: ["provider.not_found"],
  },
  async ({ actor, params, body }) =>
    providerView(await changeProvider(actor, params.id ?? "", body), env().baseUrl),
);

export const DELETE = route(
  {
    summary: "Delete a sign-in service",
    description:
      "With every connection to it. Whoever is signed in stays so; people who have no other way in need a reset link to get a password.",
    auth: "admin",
    response: { status: 204 },
    errors: ["provider.not_found"],
  },
  async ({ actor, params }) => {
    await deleteProvider(actor, params.id ?? "");
    return undefined;
  },
);
