import { orNull } from "../core/time";
import { callbackUrlOf, issuerOf, type ProviderKind } from "./domain";
import type { AccountView, ProviderView } from "./schema";

type Provider = {
  id: string;
  kind: string;
  title: string;
  issuer: string | null;
  clientId: string;
  isEnabled: boolean;
  createdAt: Date;
  updatedAt: Date;
  people: number;
  peopleWithoutOtherWay: number;
};

export const providerView = (provider: Provider, baseUrl: string): ProviderView => ({
  id: provider.id,
  kind: provider.kind as ProviderKind,
  title: provider.title,
  issuer: issuerOf(provider),
  client_id: provider.clientId,
  enabled: provider.isEnabled,
  callback_url: callbackUrlOf(baseUrl, provider.id),
  people: provider.people,
  people_without_other_way: provider.peopleWithoutOtherWay,
  created_at: provider.createdAt.toISOString(),
  updated_at: provider.updatedAt.toISOString(),
});

type Account = {
  provider: string;
  title: string;
  label: string | null;
  createdAt: Date | null;
  lastUsedAt: Date | null;
};

export const accountView = (account: Account): AccountView => ({
  provider: account.provider,
  title: account.title,
  label: account.label,
  created_at: orNull(account.createdAt),
  last_used_at: orNull(account.lastUsedAt),
});
