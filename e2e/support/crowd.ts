import type { Access } from "../../lib/http/access-table";
import type { Client } from "./client";
import { createPerson, type Person, signInAdmin, signInAgain } from "./people";
import type { Host } from "./start-host";

export const callers = ["anonymous", "disabled", "ended", "member", "other member", "admin"] as const;
export type Caller = (typeof callers)[number];

/** Everybody who may knock at a host. `disabled` and `ended` still hold the cookies of their live days. */
export type Crowd = { host: Host; clients: Record<Caller, Client>; member: Person; other: Person };

export async function gatherCrowd(host: Host): Promise<Crowd> {
  const admin = await signInAdmin(host);
  const member = await createPerson(host, admin, { name: "Mira Quillfeather" });
  const other = await createPerson(host, admin, { name: "Otto Quincetree" });
  const disabled = await createPerson(host, admin);
  const stolen = disabled.client.copy();
  await admin.api("PATCH", `/api/v1/admin/users/${disabled.id}`, { disabled: true });
  const signedOut = await signInAgain(member);
  const ended = signedOut.copy();
  await signedOut.signOut();
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
    },
  };
}

const isSignedIn = (caller: Caller): boolean => !["anonymous", "disabled", "ended"].includes(caller);

/** The refusal that the authorisation table promises a caller; null where the door is open. */
export function refusalFor(caller: Caller, access: Access): { status: 401 | 403; code: string } | null {
  if (access === "anonymous") return null;
  if (!isSignedIn(caller)) return { status: 401, code: "auth.required" };
  if (access === "admin" && caller !== "admin") return { status: 403, code: "auth.forbidden" };
  return null;
}
