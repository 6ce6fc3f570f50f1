import { keyScopes, scopesOfRole } from "../../lib/core/scopes";
import { type Access, scopeOf } from "../../lib/http/access-table";
import { Client } from "./client";
import { createKey, createPerson, type Person, signInAdmin, signInAgain, signInProgram } from "./people";
import type { Host } from "./start-host";

/** People in a browser. `disabled` and `ended` still hold the cookies of their live days. */
export const browsers = ["anonymous", "disabled", "ended", "member", "other member", "admin"] as const;
/** Programs: a member's with a token, and with keys that may only predict, only manage keys, or all there is. */
export const programs = ["token", "predict key", "keys key", "admin key", "revoked key"] as const;
export const callers = [...browsers, ...programs];
export type Caller = (typeof callers)[number];

/** Everybody who may knock at a host. */
export type Crowd = { host: Host; clients: Record<Caller, Client>; member: Person; other: Person };

export async function gatherCrowd(host: Host): Promise<Crowd> {
  const admin = await signInAdmin(host);
  // Who may call is the question here; how often is that of other tests.
  const limits = { per_minute: null, per_hour: null };
  await admin.api("PATCH", "/api/v1/admin/plans/free", { limits, quota: { units_per_month: null } });
  const member = await createPerson(host, admin, { name: "Mira Quillfeather" });
  const other = await createPerson(host, admin, { name: "Otto Quincetree" });
  const disabled = await createPerson(host, admin);
  const stolen = disabled.client.copy();
  await admin.api("PATCH", `/api/v1/admin/users/${disabled.id}`, { disabled: true });
  const signedOut = await signInAgain(member);
  const ended = signedOut.copy();
  await signedOut.signOut();
  const keyOf = async (owner: Client, ...scopes: string[]) => {
    const { secret } = await createKey(owner, { scopes });
    return new Client(host.origin, { "x-api-key": secret });
  };
  const revoked = await createKey(member.client, { scopes: ["predict"] });
  await member.client.api("DELETE", `/api/v1/keys/${revoked.id}`);
  return {
    host,
    member,
    other,
    clients: {
      anonymous: host.client(),
      disabled: stolen,
      ended,
      member: member.client,
      "other member": other.client,
      admin,
      token: (await signInProgram(host, member)).client,
      "predict key": await keyOf(member.client, "predict"),
      "keys key": await keyOf(member.client, "keys"),
      "admin key": await keyOf(admin, ...keyScopes),
      "revoked key": new Client(host.origin, { authorization: `Bearer ${revoked.secret}` }),
    },
  };
}

const isSignedIn = (caller: Caller): boolean =>
  !["anonymous", "disabled", "ended", "revoked key"].includes(caller);

const scopesOf: Partial<Record<Caller, readonly string[]>> = {
  member: scopesOfRole("member"),
  "other member": scopesOfRole("member"),
  token: scopesOfRole("member"),
  "predict key": ["predict"],
  "keys key": ["keys"],
  "admin key": keyScopes,
};

/** The refusal that the authorisation table promises a caller; null where the door is open. */
export function refusalFor(caller: Caller, access: Access): { status: 401 | 403; code: string } | null {
  if (access === "anonymous") return null;
  if (caller === "revoked key") return { status: 401, code: "key.revoked" };
  if (!isSignedIn(caller)) return { status: 401, code: "auth.required" };
  if (access === "admin" && !caller.startsWith("admin")) return { status: 403, code: "auth.forbidden" };
  const [scope, granted] = [scopeOf(access), scopesOf[caller]];
  if (scope !== null && granted && !granted.includes(scope))
    return { status: 403, code: "auth.scope_missing" };
  return null;
}
