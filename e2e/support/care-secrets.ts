import { codeAt, stepAt } from "../../lib/factors/totp";
import type { Riddle } from "../../lib/proofs/schema";
import { solved } from "../../lib/testing/riddles";
import type { Client } from "./client";
import { noteSecret } from "./evidence";
import { linkSecretFor } from "./outbox";
import { createPerson, type Person } from "./people";
import type { Host } from "./start-host";

/** Whatever opens something when people look after themselves: links in mails, halves of a sign-in, factors, riddles. */
export const careSecretNames = [
  "registration secret",
  "proof of an address",
  "proof of a new address",
  "pending sign-in",
  "pending setup",
  "secret of an authenticator app",
  "recovery code",
  "passkey challenge",
  "id of a passkey challenge",
  "solved riddle",
  "state of a service",
  "cookie of a service's state",
] as const;
export type CareSecretName = (typeof careSecretNames)[number];

export type CarePeople = {
  /** Wants an account. */
  newcomer: string;
  /** Proves the address they have. */
  prover: Person;
  /** Wants another address. */
  mover: Person;
  moversNext: string;
  /** Has an authenticator app. */
  careful: Person;
  /** Has none and will need one. */
  careless: Person;
};

export async function makeCareSecrets(host: Host, admin: Client) {
  const person = () => createPerson(host, admin);
  const careful = await person();
  const people: CarePeople = {
    newcomer: `newcomer-${Date.now()}@hosts.example`,
    prover: await person(),
    mover: await person(),
    moversNext: `moved-${Date.now()}@hosts.example`,
    careful,
    careless: await person(),
  };
  const factors = await connectApp(careful);
  const secrets: Record<CareSecretName, string> = {
    ...(await links(host, people)),
    "pending sign-in": await pendingOf(host, careful),
    "pending setup": await pendingSetup(host, admin, people.careless),
    "secret of an authenticator app": factors.secret,
    "recovery code": factors.code,
    ...(await challenge(host)),
    "solved riddle": await freshSolution(host),
    ...(await serviceState(admin, careful)),
  };
  for (const [name, secret] of Object.entries(secrets)) if (!name.startsWith("id ")) noteSecret(secret);
  return { people, secrets };
}

async function links(host: Host, { newcomer, prover, mover, moversNext }: CarePeople) {
  const stranger = host.client();
  await accepted(stranger.api("POST", "/api/auth/register", { email: newcomer, name: "New Comer" }));
  await accepted(prover.client.api("POST", "/api/auth/email/proof"));
  await accepted(mover.client.api("POST", "/api/auth/email/change", { email: moversNext }));
  return {
    "registration secret": await linkSecretFor(host, newcomer),
    "proof of an address": await linkSecretFor(host, prover.email),
    "proof of a new address": await linkSecretFor(host, moversNext),
  };
}

async function accepted(call: ReturnType<Client["api"]>): Promise<void> {
  const { status, text } = await call;
  if (status !== 202) throw new Error(`Not accepted: ${status} ${text}`);
}

async function connectApp({ client }: Person) {
  const { secret } = (await client.api("POST", "/api/auth/mfa/totp")).json<{ secret: string }>();
  const code = codeAt(secret, stepAt(new Date()));
  const confirmed = await client.api("POST", "/api/auth/mfa/totp/confirm", { code });
  const [first = ""] = confirmed.json<{ recovery_codes: string[] }>().recovery_codes;
  return { secret, code: first };
}

/** A sign-in with the right password that waits for its second half. */
export async function pendingOf(host: Host, { email, password }: Person): Promise<string> {
  const answer = await host.client().api("POST", "/api/auth/login", { email, password });
  const { pending } = answer.json<{ pending?: string }>();
  if (!pending) throw new Error(`Nothing waits: ${answer.status} ${answer.text}`);
  return pending;
}

async function pendingSetup(host: Host, admin: Client, person: Person): Promise<string> {
  await admin.api("PATCH", "/api/v1/admin/settings", { second_factor_members: true });
  const pending = await pendingOf(host, person);
  await admin.api("PATCH", "/api/v1/admin/settings", { second_factor_members: null });
  return pending;
}

async function challenge(host: Host) {
  const answer = await host.client().api("POST", "/api/auth/passkey/options");
  const { challenge_id, options } = answer.json<{ challenge_id: string; options: { challenge: string } }>();
  return { "passkey challenge": options.challenge, "id of a passkey challenge": challenge_id };
}

export async function freshSolution(host: Host): Promise<string> {
  return solved((await host.client().get("/api/auth/captcha")).json<Riddle>());
}

/** GitHub is not asked anything before somebody comes back from there. */
async function serviceState(admin: Client, { client }: Person) {
  const github = { kind: "github", client_id: "nobody", client_secret: "nothing of anybody" };
  noteSecret(github.client_secret);
  await admin.api("POST", "/api/v1/admin/providers", github);
  const begun = await client.api("POST", "/api/auth/accounts/github/link");
  const { url } = begun.json<{ url: string }>();
  const [cookie = ""] = [...client.cookies].find(([name]) => name.endsWith("github.state"))?.slice(1) ?? [];
  return {
    "state of a service": new URL(url).searchParams.get("state") ?? "",
    "cookie of a service's state": cookie,
  };
}
