import { DoorOpen } from "lucide-react";
import type { Metadata } from "next";
import { EmptyState } from "@/app/_components/empty-state";
import { PageHeader } from "@/app/_components/page-header";
import { requireAdminPage } from "@/lib/http/page";
import { env } from "@/lib/infra/env";
import { listProviders } from "@/lib/providers/queries";
import { providerView } from "@/lib/providers/view";
import { NewProviderButton } from "./new-provider-button";
import { ProviderCard } from "./provider-card";
import { pageWords } from "./provider-words";

export const metadata: Metadata = { title: pageWords.title };

export default async function ProvidersPage() {
  const actor = await requireAdminPage();
  const { baseUrl } = env();
  const providers = (await listProviders(actor)).map((provider) => providerView(provider, baseUrl));
  const button = <NewProviderButton baseUrl={baseUrl} taken={providers.map(({ id }) => id)} />;
  return (
    <>
      <PageHeader {...pageWords} action={providers.length > 0 && button} />
      {providers.length === 0 ? (
        <EmptyState
          icon={<DoorOpen />}
          title="People sign in with a password or a passkey"
          text="Add GitHub, Google, or the sign-in of your organisation (Keycloak, Entra, Authentik: anything that speaks OpenID Connect), and people who connect it need no password here. Nobody gets in through it before they connected it under Account, Sign-in, unless registration is open."
          action={button}
        />
      ) : (
        <div className="grid items-stretch gap-6 lg:grid-cols-2">
          {providers.map((provider) => (
            <ProviderCard key={provider.id} provider={provider} />
          ))}
        </div>
      )}
    </>
  );
}
