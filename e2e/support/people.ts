import { Client } from "./client";
import { noteSecret } from "./evidence";
import type { Host } from "./start-host";

export type Person = { id: string; email: string; name: string; password: string; client: Client };

type NewPerson = { email?: string; name?: string; role?: "member" | "admin" };
type Created = { user: { id: string; email: string; name: string }; invitation: { url: string } };

let count = 0;

export async function signInAdmin(host: Host, client = host.client()): Promise<Client> {
  const answer = await client.signIn(host.admin.email, host.admin.password);
  if (answer.status !== 200) throw new Error(`The admin could not sign in: ${answer.status} ${answer.text}`);
  return client;
}

/** An account that nobody has accepted yet, and the secret of its link. */
export async function invite(admin: Client, { email, name, role = "member" }: NewPerson = {}) {
  count += 1;
  const body = {
    email: email ?? `person${count}-${Date.now()}@hosts.example`,
    name: name ?? `Person ${count}`,
    role,
  };
  const answer = await admin.api("POST", "/api/v1/admin/users", body);
  if (answer.status !== 201)
    throw new Error(`The account could not be made: ${answer.status} ${answer.text}`);
  const { user, invitation } = answer.json<Created>();
  const token = new URL(invitation.url).hash.slice(1);
  noteSecret(token);
  return { ...user, token };
}

/** The whole way of a new person: invited, accepted with an own password, signed in. */
export async function createPerson(host: Host, admin: Client, person: NewPerson = {}): Promise<Person> {
  const { id, email, name, token } = await invite(admin, person);
  const password = `a quiet harbour ${id}`;
  noteSecret(password);
  const client = host.client();
  const accepted = await client.api("POST", "/api/auth/invitation/accept", { token, password });
  if (accepted.status !== 204) throw new Error(`Not accepted: ${accepted.status} ${accepted.text}`);
  const created = { id, email, name, password, client };
  await signInAgain(created, client);
  return created;
}

/** One more device of the same person. */
export async function signInAgain(
  { email, password, client }: { email: string; password: string; client: Client },
  device = client.copy(),
): Promise<Client> {
  device.cookies.clear();
  const answer = await device.signIn(email, password);
  if (answer.status !== 200) throw new Error(`${email} could not sign in: ${answer.status} ${answer.text}`);
  return device;
}

type NewKey = { name?: string; scopes?: string[]; [member: string]: unknown };
type MadeKey = { id: string; secret: string };

export async function createKey(
  owner: Client,
  { name = "A key", scopes = ["predict"], ...rest }: NewKey = {},
) {
  const answer = await owner.api("POST", "/api/v1/keys", { name, scopes, ...rest });
  if (answer.status !== 201) throw new Error(`The key could not be made: ${answer.status} ${answer.text}`);
  const { key, secret } = answer.json<{ key: { id: string }; secret: string }>();
  noteSecret(secret);
  return { id: key.id, secret } satisfies MadeKey;
}

export type Tokens = { access_token: string; refresh_token: string; expires_in: number };

export function noteTokens(tokens: Tokens): Tokens {
  noteSecret(tokens.access_token);
  noteSecret(tokens.refresh_token);
  return tokens;
}

/** A program signs in with the password of a person, as `POST /api/auth/login` is for. */
export async function signInProgram(host: Host, { email, password }: { email: string; password: string }) {
  const answer = await host.client().api("POST", "/api/auth/login", { email, password });
  if (answer.status !== 200) throw new Error(`${email}: no tokens: ${answer.status} ${answer.text}`);
  const tokens = noteTokens(answer.json<Tokens>());
  return { tokens, client: new Client(host.origin, { authorization: `Bearer ${tokens.access_token}` }) };
}
