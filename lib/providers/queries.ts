import { type Actor, requireAdmin, type UserActor } from "../core/actor";
import { AppError } from "../core/errors";
import { secondMs } from "../core/time";
import { nowMs } from "../infra/clock";
import { type Database, db, type Prisma } from "../infra/db/client";
import { decrypt } from "../infra/secrets";
import { singleton, takeSingleton } from "../infra/singleton";

export type Provider = Prisma.ProviderGetPayload<object>;

/** What the secret of a client is sealed for. */
export const sealedFor = "provider";
export const clientSecretOf = ({ secretSealed }: Provider): string => decrypt(sealedFor, secretSealed);

/** With how many people it concerns: deleted accounts do not count, they come in no other way either. */
async function withPeople(provider: Provider, database: Database) {
  const connected: Prisma.UserWhereInput = {
    deletedAt: null,
    accounts: { some: { provider: provider.id } },
  };
  const others = await database.provider.findMany({
    where: { isEnabled: true, id: { not: provider.id } },
    select: { id: true },
  });
  const [people, peopleWithoutOtherWay] = await Promise.all([
    database.user.count({ where: connected }),
    database.user.count({
      where: {
        ...connected,
        passwordHash: null,
        passkeys: { none: {} },
        NOT: { accounts: { some: { provider: { in: others.map(({ id }) => id) } } } },
      },
    }),
  ]);
  return { ...provider, people, peopleWithoutOtherWay };
}

/** A handful: one page holds them all. */
export async function listProviders(actor: Actor) {
  requireAdmin(actor);
  const providers = await db().provider.findMany({ orderBy: [{ createdAt: "asc" }, { id: "asc" }] });
  return Promise.all(providers.map((provider) => withPeople(provider, db())));
}

export async function getProvider(actor: Actor, id: string, database: Database = db()) {
  requireAdmin(actor);
  const provider = await database.provider.findUnique({ where: { id } });
  if (!provider) throw new AppError("provider.not_found");
  return withPeople(provider, database);
}

type Kept = { providers: Promise<Provider[]>; at: number };

/** Those that can be used, for everybody who is not signed in: read at most once a second, like the settings. */
export function currentProviders(): Promise<Provider[]> {
  const kept = singleton<Kept>("providers", () => ({ providers: readProviders(), at: nowMs() }));
  if (Math.abs(nowMs() - kept.at) < secondMs) return kept.providers;
  forgetProviders();
  return currentProviders();
}

export const forgetProviders = (): void => void takeSingleton("providers");

/** A failure is not kept. */
async function readProviders(): Promise<Provider[]> {
  try {
    return await db().provider.findMany({ where: { isEnabled: true }, orderBy: { createdAt: "asc" } });
  } catch (error) {
    forgetProviders();
    throw error;
  }
}

export async function getUsableProvider(id: string): Promise<Provider> {
  const provider = (await currentProviders()).find((candidate) => candidate.id === id);
  if (!provider) throw new AppError("provider.not_found");
  return provider;
}

/** For the page of sign-in. */
export const listSignInServices = async (): Promise<{ id: string; kind: string; title: string }[]> =>
  (await currentProviders()).map(({ id, kind, title }) => ({ id, kind, title }));

/** One's own, the oldest first. Their services may be switched off at the moment. */
export async function listOwnAccounts(actor: UserActor, database: Database = db()) {
  const [accounts, providers] = await Promise.all([
    database.account.findMany({ where: { userId: actor.user.id }, orderBy: { createdAt: "asc" } }),
    database.provider.findMany(),
  ]);
  return accounts.map((account) => ({
    ...account,
    title: providers.find(({ id }) => id === account.provider)?.title ?? account.provider,
  }));
}

/** By what the service calls the person, and by nothing else: never by the e-mail address. */
export async function findUserAt(provider: string, subject: string, database: Database = db()) {
  const account = await database.account.findUnique({
    where: { provider_providerAccountId: { provider, providerAccountId: subject } },
    include: { user: true },
  });
  return account?.user ?? null;
}
