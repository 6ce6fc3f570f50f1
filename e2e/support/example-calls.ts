import type { Crowd } from "./crowd";
import { invite } from "./people";

type Example = {
  /** What somebody who may call gets. */
  status: number;
  /** The values of `{...}` in the address, in order; made anew for every call. */
  params?: (crowd: Crowd) => Promise<string[]>;
  body?: unknown;
};

const newUser = async ({ clients }: Crowd) => [(await invite(clients.admin)).id];
const deletedUser = async (crowd: Crowd) => {
  const [id = ""] = await newUser(crowd);
  await crowd.clients.admin.api("DELETE", `/api/v1/admin/users/${id}`);
  return [id];
};
const noSuchLink = "0".repeat(43);

let count = 0;

/** One call of each route that is right in everything but, perhaps, who makes it. */
export const exampleCalls: Record<string, Example> = {
  "GET /api/health/live": { status: 200 },
  "GET /api/health/ready": { status: 200 },
  "GET /api/openapi.json": { status: 200 },
  "GET /api/auth/me": { status: 200 },
  "PATCH /api/auth/me": { status: 200, body: { name: "Called by an example" } },
  "GET /api/auth/sessions": { status: 200 },
  // Somebody else's session and one that never was look the same; the file tests both.
  "DELETE /api/auth/sessions/{id}": { status: 404, params: async () => ["ses_00000000000000000000"] },
  "POST /api/auth/password/change": {
    status: 422,
    body: { current_password: "whatever it is", new_password: "password" },
  },
  "POST /api/auth/password/reset": {
    status: 401,
    body: { token: noSuchLink, new_password: "a quiet harbour at dawn" },
  },
  "POST /api/auth/invitation/accept": {
    status: 401,
    body: { token: noSuchLink, password: "a quiet harbour at dawn" },
  },
  "POST /api/auth/link/inspect": { status: 401, body: { purpose: "invitation", token: noSuchLink } },
  "GET /api/v1/admin/users": { status: 200 },
  "POST /api/v1/admin/users": {
    status: 201,
    get body() {
      count += 1;
      return { email: `example${count}@hosts.example`, name: "Made by an example" };
    },
  },
  "GET /api/v1/admin/users/{id}": { status: 200, params: newUser },
  "PATCH /api/v1/admin/users/{id}": { status: 200, params: newUser, body: { disabled: true } },
  "DELETE /api/v1/admin/users/{id}": { status: 204, params: newUser },
  "POST /api/v1/admin/users/{id}/restore": { status: 200, params: deletedUser },
  "POST /api/v1/admin/users/{id}/invitation": { status: 201, params: newUser },
  "POST /api/v1/admin/users/{id}/password": { status: 201, params: newUser },
  "GET /api/v1/admin/users/{id}/sessions": { status: 200, params: newUser },
  "DELETE /api/v1/admin/users/{id}/sessions": { status: 204, params: newUser },
  "GET /api/v1/admin/plans": { status: 200 },
  "GET /api/v1/admin/audit": { status: 200 },
  "POST /api/v1/admin/audit/verify": { status: 200 },
  "GET /api/v1/admin/audit/export": { status: 200 },
  "GET /api/v1/admin/settings": { status: 200 },
  "PATCH /api/v1/admin/settings": { status: 200, body: { session_idle_hours: 12 } },
};

export type PreparedCall = { method: string; path: string; body: unknown; status: number };

/** The example of a route of the table, ready to be sent by one caller. */
export async function prepareCall(route: string, crowd: Crowd): Promise<PreparedCall> {
  const example = exampleCalls[route];
  if (!example) throw new Error(`${route} has no example: add one to e2e/support/example-calls.ts.`);
  const [method = "", address = ""] = route.split(" ");
  const params = (await example.params?.(crowd)) ?? [];
  const path = address.replaceAll(/\{[a-z_]+\}/g, () => params.shift() ?? "unknown");
  return { method, path, body: example.body, status: example.status };
}

/** A page's address with values that exist. */
export const pagePath = (address: string, { member }: Crowd): string =>
  address.replaceAll("{id}", member.id).replaceAll("{code}", "auth.required");
