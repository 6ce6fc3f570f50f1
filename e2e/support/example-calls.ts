import type { Client } from "./client";
import type { Caller, Crowd } from "./crowd";
import { createKey, createPerson, invite, signInAgain, signInProgram } from "./people";

type Example = {
  /** What somebody who may call gets. */
  status: number;
  /** The same where the answer hangs on whose the object is: the example's objects belong to `member`. */
  statusOf?: Partial<Record<Caller, number>>;
  headers?: Record<string, string>;
  /** For a call that ends what it is made with: somebody who is the same person in another place. */
  as?: (crowd: Crowd, caller: Caller) => Promise<Client>;
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
const thisMonth = () => new Date().toISOString().slice(0, 7);
const usersMonth = async (crowd: Crowd) => [...(await newUser(crowd)), thisMonth()];
const noSuchLink = "0".repeat(43);
const noPasskey = async () => ["pky_00000000000000000000"];

const membersKey = async ({ member }: Crowd) => [await someKey(member.client)];
/** Switched off, so that nothing is ever sent to the address, which is somebody else's. */
const membersWebhook = async ({ member }: Crowd) => [await someWebhook(member.client)];
const someUrl = "https://1.1.1.1/hook";
async function someWebhook(owner: Client): Promise<string> {
  const { items } = (await owner.api("GET", "/api/v1/webhooks")).json<{ items: { id: string }[] }>();
  for (const { id } of items) await owner.api("DELETE", `/api/v1/webhooks/${id}`);
  const made = await owner.api("POST", "/api/v1/webhooks", { url: someUrl });
  const { webhook } = made.json<{ webhook: { id: string } }>();
  await owner.api("PATCH", `/api/v1/webhooks/${webhook.id}`, { enabled: false });
  return webhook.id;
}

/** Switched off: nobody is to see it on the page of sign-in. */
async function someService({ clients }: Crowd): Promise<string[]> {
  const body = { kind: "github", client_id: "nobody", client_secret: "nothing", enabled: false };
  await clients.admin.api("POST", "/api/v1/admin/providers", body);
  return ["github"];
}

const form = { "content-type": "application/x-www-form-urlencoded" };
/** Somebody else's key is not there. */
const notTheirs = { "other member": 404, admin: 404, "admin key": 404 };

/** The same few over and over: one person may not have many. */
const keysOf = new WeakMap<Client, string[]>();
async function someKey(owner: Client): Promise<string> {
  for (const id of keysOf.get(owner) ?? []) await owner.api("DELETE", `/api/v1/keys/${id}`);
  const { id } = await createKey(owner);
  keysOf.set(owner, [id]);
  return id;
}

async function inAnotherPlace(crowd: Crowd, caller: Caller): Promise<Client> {
  const { host, member, other, clients } = crowd;
  if (caller === "token") return (await signInProgram(host, member)).client;
  if (caller === "member") return signInAgain(member);
  if (caller === "other member") return signInAgain(other);
  if (caller === "admin") return signInAgain({ ...host.admin, client: clients.admin });
  return clients[caller];
}

/** For what ends an account: somebody new of the same kind. Keys and strangers get nowhere with it. */
async function asSomebodyElse({ host, clients }: Crowd, caller: Caller): Promise<Client> {
  if (caller !== "token" && caller !== "member" && caller !== "other member") return clients[caller];
  const person = await createPerson(host, clients.admin);
  return caller === "token" ? (await signInProgram(host, person)).client : person.client;
}

/** Of the starter model, its first version. */
const starter = async () => ["iris", "1"];
const setosa = { sepal_length: 5.1, sepal_width: 3.5, petal_length: 1.4, petal_width: 0.2 };
const flower = {
  inputs: [{ name: "measurements", shape: [1, 4], datatype: "FP32", data: [5.1, 3.5, 1.4, 0.2] }],
};

const noTask = async () => ["tsk_00000000000000000000"];
const octets = { "content-type": "application/octet-stream" };
const noSuchFile = { kind: "file", sha256: "0".repeat(64) };

let count = 0;

/** One call of each route that is right in everything but, perhaps, who makes it. */
export const exampleCalls: Record<string, Example> = {
  "GET /api/health/live": { status: 200 },
  "GET /api/health/ready": { status: 200 },
  "GET /api/openapi.json": { status: 200 },
  "GET /api/metrics": { status: 200 },
  "GET /api/v1/verify": { status: 200 },
  "GET /.well-known/jwks.json": { status: 200 },
  "GET /.well-known/oauth-authorization-server": { status: 200 },
  "POST /oauth/token": { status: 400, headers: form, body: "grant_type=password" },
  "POST /oauth/revoke": { status: 200, headers: form, body: "token=nothing" },
  "POST /oauth/introspect": {
    status: 401,
    // A program that shows a live token or key may ask; what it asks about is not one.
    statusOf: { token: 200, "predict key": 200, "keys key": 200, "admin key": 200 },
    headers: form,
    body: "token=nothing",
  },
  "POST /api/auth/login": { status: 422, body: { email: "somebody@hosts.example" } },
  "POST /api/auth/refresh": { status: 401, body: { refresh_token: "nothing" } },
  "POST /api/auth/logout": { status: 204, as: inAnotherPlace },
  "GET /api/auth/me": { status: 200 },
  "PATCH /api/auth/me": { status: 200, body: { name: "Called by an example" } },
  "GET /api/auth/sessions": { status: 200 },
  // Somebody else's session and one that never was look the same; the file tests both.
  "DELETE /api/auth/sessions/{id}": { status: 404, params: async () => ["ses_00000000000000000000"] },
  "POST /api/auth/password/change": {
    status: 422,
    body: { current_password: "whatever it is", new_password: "password" },
  },
  "GET /api/auth/mfa": { status: 200 },
  "POST /api/auth/mfa/challenge": { status: 401, body: { pending: noSuchLink } },
  "POST /api/auth/mfa/setup": { status: 401, body: { pending: noSuchLink } },
  "POST /api/auth/mfa/totp": { status: 200 },
  "DELETE /api/auth/mfa/totp": { status: 404 },
  // A wrong code would be counted against the person; the file tests that.
  "POST /api/auth/mfa/totp/confirm": { status: 422, body: { code: "" } },
  "POST /api/auth/mfa/recovery-codes": { status: 404 },
  "POST /api/auth/mfa/passkeys": { status: 422, body: { name: "A phone" } },
  "POST /api/auth/mfa/passkeys/options": { status: 200 },
  "PATCH /api/auth/mfa/passkeys/{id}": { status: 404, params: noPasskey, body: { name: "A phone" } },
  "DELETE /api/auth/mfa/passkeys/{id}": { status: 404, params: noPasskey },
  "POST /api/auth/passkey/options": { status: 200 },
  "POST /api/auth/step-up": { status: 422, body: { password: "" } },
  "POST /api/auth/step-up/options": { status: 200 },
  "POST /api/auth/password/reset": {
    status: 401,
    body: { token: noSuchLink, new_password: "a quiet harbour at dawn" },
  },
  "POST /api/auth/invitation/accept": {
    status: 401,
    body: { token: noSuchLink, password: "a quiet harbour at dawn" },
  },
  "GET /api/auth/captcha": { status: 200 },
  "POST /api/auth/link/inspect": { status: 401, body: { purpose: "invitation", token: noSuchLink } },
  // Registration is closed by default, whoever asks.
  "POST /api/auth/register": { status: 403, body: { email: "new@hosts.example", name: "New" } },
  "POST /api/auth/register/confirm": {
    status: 403,
    body: { token: noSuchLink, password: "a quiet harbour at dawn" },
  },
  "GET /api/auth/invitations": { status: 200 },
  "POST /api/auth/invitations": { status: 403, body: { email: "new@hosts.example", name: "New" } },
  // A right one is counted, and the callers share an address; the file of the feature tests that.
  "POST /api/auth/password/forgot": { status: 422, body: { email: "nobody" } },
  "POST /api/auth/email/change": { status: 422, body: { email: "nobody" } },
  "POST /api/auth/email/proof": { status: 202 },
  "POST /api/auth/email/verify": { status: 401, body: { token: noSuchLink } },
  // The only administrator stays.
  "DELETE /api/auth/me": { status: 204, statusOf: { admin: 409 }, as: asSomebodyElse },
  "GET /api/auth/me/export": { status: 200 },
  "GET /api/auth/accounts": { status: 200 },
  // None is connected; the file of the feature connects one.
  "POST /api/auth/accounts/{provider}/link": {
    status: 404,
    statusOf: { token: 403 },
    params: async () => ["none"],
  },
  "DELETE /api/auth/accounts/{provider}": { status: 404, params: async () => ["none"] },
  "GET /api/v1/keys": { status: 200 },
  "POST /api/v1/keys": { status: 422, body: { name: "A key", scopes: [] } },
  "POST /api/v1/keys/report": { status: 202, body: { secret: "nothing" } },
  "GET /api/v1/keys/{id}": { status: 200, params: membersKey, statusOf: notTheirs },
  "PATCH /api/v1/keys/{id}": { status: 200, params: membersKey, statusOf: notTheirs, body: { name: "B" } },
  "DELETE /api/v1/keys/{id}": { status: 204, params: membersKey, statusOf: notTheirs },
  "POST /api/v1/keys/{id}/roll": {
    status: 201,
    params: membersKey,
    // A key that manages keys hands on no more than it can do itself, and the example's key can predict.
    statusOf: { ...notTheirs, "keys key": 403 },
    body: { expires_old_in: 0 },
  },
  "GET /api/v1/webhooks": { status: 200 },
  "POST /api/v1/webhooks": { status: 422, body: { url: "http://127.0.0.1/hook" } },
  "GET /api/v1/webhooks/{id}": { status: 200, params: membersWebhook, statusOf: notTheirs },
  "PATCH /api/v1/webhooks/{id}": {
    status: 200,
    params: membersWebhook,
    statusOf: notTheirs,
    body: { events: ["alert.raised"] },
  },
  "DELETE /api/v1/webhooks/{id}": { status: 204, params: membersWebhook, statusOf: notTheirs },
  "POST /api/v1/webhooks/{id}/roll": {
    status: 201,
    params: membersWebhook,
    statusOf: notTheirs,
    body: { expires_old_in: 0 },
  },
  "POST /api/v1/webhooks/{id}/test": { status: 409, params: membersWebhook, statusOf: notTheirs },
  "GET /api/v1/webhooks/{id}/deliveries": { status: 200, params: membersWebhook, statusOf: notTheirs },
  // Nothing was sent to it; the file tests what was.
  "POST /api/v1/webhooks/{id}/deliveries/{delivery}/replay": {
    status: 404,
    params: async (crowd) => [...(await membersWebhook(crowd)), "msg_00000000000000000000"],
  },
  "GET /api/v1/alerts": { status: 200 },
  // Somebody else's alert and one that never was look the same; the file tests both.
  "POST /api/v1/alerts/{id}/seen": { status: 404, params: async () => ["alr_00000000000000000000"] },
  "POST /api/v1/alerts/{id}/undo": { status: 404, params: async () => ["alr_00000000000000000000"] },
  "GET /api/v1/alerts/choices": { status: 200 },
  "PUT /api/v1/alerts/choices": { status: 200, body: { by_mail: true, muted: [] } },
  // Nobody was refused under this id; the file tests whose refusals one sees.
  "GET /api/v1/refusals/{id}": { status: 404, params: async () => ["req_00000000000000000000"] },
  "GET /v2": { status: 200 },
  "GET /v2/health/live": { status: 200 },
  "GET /v2/health/ready": { status: 200 },
  "GET /v2/models/{model}": { status: 200, params: starter },
  "GET /v2/models/{model}/ready": { status: 200, params: starter },
  "POST /v2/models/{model}/infer": { status: 200, params: starter, body: flower },
  "GET /v2/models/{model}/versions/{version}": { status: 200, params: starter },
  "GET /v2/models/{model}/versions/{version}/ready": { status: 200, params: starter },
  "POST /v2/models/{model}/versions/{version}/infer": { status: 200, params: starter, body: flower },
  "POST /api/v1/predictions": { status: 200, body: { model: "iris", input: setosa } },
  "POST /api/v1/predictions/estimate": { status: 200, body: { model: "iris", input: setosa } },
  "GET /api/v1/predictions": { status: 200 },
  // Somebody else's prediction and one that never was look the same; the file tests both.
  "GET /api/v1/predictions/{id}": { status: 404, params: async () => ["prd_00000000000000000000"] },
  "GET /api/v1/tasks": { status: 200 },
  "POST /api/v1/tasks": { status: 422, body: { name: "No row", model: "iris", inputs: [] } },
  "POST /api/v1/tasks/estimate": { status: 200, body: { name: "A task", model: "iris", inputs: [setosa] } },
  // Somebody else's task and one that never was look the same; the file tests both.
  "GET /api/v1/tasks/{id}": { status: 404, params: noTask },
  "PUT /api/v1/tasks/{id}": { status: 404, params: noTask, body: { name: "A task", note: "" } },
  "DELETE /api/v1/tasks/{id}": { status: 404, params: noTask },
  "POST /api/v1/tasks/{id}/cancel": { status: 404, params: noTask },
  "POST /api/v1/tasks/{id}/resume": { status: 404, params: noTask },
  "GET /api/v1/tasks/{id}/results": { status: 404, params: noTask },
  "POST /api/v1/admin/models/{model}/try": {
    status: 200,
    params: starter,
    body: { number: 1, input: setosa },
  },
  "GET /api/v1/models": { status: 200 },
  "GET /api/v1/models/{model}": { status: 200, params: starter },
  "GET /api/v1/models/{model}/openapi.json": { status: 200, params: starter },
  "GET /api/v1/admin/models": { status: 200 },
  "POST /api/v1/admin/models": {
    status: 422,
    body: { name: "example", title: "From a file that nobody uploaded", source: noSuchFile },
  },
  "GET /api/v1/admin/models/{model}": { status: 200, params: starter },
  "PATCH /api/v1/admin/models/{model}": { status: 200, params: starter, body: { is_paused: false } },
  // What is deleted stays away, and other examples need it.
  "DELETE /api/v1/admin/models/{model}": { status: 404, params: async () => ["no-such-model"] },
  "GET /api/v1/admin/models/{model}/versions": { status: 200, params: starter },
  "POST /api/v1/admin/models/{model}/versions": {
    status: 422,
    params: starter,
    body: { source: noSuchFile },
  },
  "POST /api/v1/admin/models/{model}/promote": { status: 200, params: starter, body: { stable: 1 } },
  "POST /api/v1/admin/model-files": { status: 422, headers: octets, body: "no model" },
  "POST /api/v1/admin/model-upstreams": { status: 422, body: { preset: "json", url: "nothing" } },
  "GET /api/v1/admin/keys": { status: 200 },
  "GET /api/v1/admin/keys/{id}": { status: 200, params: membersKey },
  "POST /api/v1/admin/keys/{id}/revoke": { status: 204, params: membersKey, body: { reason: "An example" } },
  "GET /api/v1/admin/mails": { status: 200 },
  // What is there depends on what was sent before; the files of the feature test what one sees and sends.
  "GET /api/v1/admin/mails/{id}": { status: 404, params: async () => ["mal_00000000000000000000"] },
  "POST /api/v1/admin/mails/{id}/send": { status: 404, params: async () => ["mal_00000000000000000000"] },
  "GET /api/v1/admin/signing-keys": { status: 200 },
  "POST /api/v1/admin/signing-keys": { status: 201 },
  "GET /api/v1/admin/plans/{id}": { status: 200, params: async () => ["paid"] },
  "PATCH /api/v1/admin/plans/{id}": {
    status: 200,
    params: async () => ["paid"],
    body: { description: "Changed by an example" },
  },
  // What is deleted stays away, and other examples need it; nobody has this one.
  "DELETE /api/v1/admin/plans/{id}": { status: 404, params: async () => ["no-such-plan"] },
  "POST /api/v1/admin/plans": {
    status: 201,
    get body() {
      count += 1;
      return { id: `example-${count}`, name: "An example", description: "Made by an example." };
    },
  },
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
  "DELETE /api/v1/admin/users/{id}/factors": { status: 204, params: newUser },
  "GET /api/v1/admin/users/{id}/grants": { status: 200, params: newUser },
  "POST /api/v1/admin/users/{id}/grants": { status: 201, params: newUser, body: { units: 5 } },
  "GET /api/v1/admin/users/{id}/limits": { status: 200, params: newUser },
  "GET /api/v1/admin/usage/near-cap": { status: 200 },
  "GET /api/v1/admin/usage": { status: 200 },
  "GET /api/v1/admin/usage/calls": { status: 200 },
  "GET /api/v1/admin/users/{id}/statements/{month}": { status: 200, params: usersMonth },
  "GET /api/v1/usage": { status: 200 },
  "GET /api/v1/usage/calls": { status: 200 },
  "GET /api/v1/usage/limits": { status: 200 },
  "GET /api/v1/usage/statements/{month}": { status: 200, params: async () => [thisMonth()] },
  "GET /api/v1/admin/users/{id}/sessions": { status: 200, params: newUser },
  "DELETE /api/v1/admin/users/{id}/sessions": { status: 204, params: newUser },
  "GET /api/v1/admin/plans": { status: 200 },
  "GET /api/v1/admin/audit": { status: 200 },
  "POST /api/v1/admin/audit/verify": { status: 200 },
  "GET /api/v1/admin/audit/export": { status: 200 },
  "GET /api/v1/admin/providers": { status: 200 },
  "POST /api/v1/admin/providers": { status: 422, body: { kind: "github", client_id: "" } },
  "GET /api/v1/admin/providers/{id}": { status: 200, params: someService },
  "PATCH /api/v1/admin/providers/{id}": { status: 200, params: someService, body: { title: "Other" } },
  "DELETE /api/v1/admin/providers/{id}": { status: 204, params: someService },
  "GET /api/v1/admin/settings": { status: 200 },
  "PATCH /api/v1/admin/settings": { status: 200, body: { session_idle_hours: 12 } },
};

export type PreparedCall = {
  client: Client;
  method: string;
  path: string;
  body: unknown;
  headers: Record<string, string>;
  status: number;
};

/** The example of a route of the table, ready to be sent by one caller; `like`: at the objects of another call. */
export async function prepareCall(
  route: string,
  crowd: Crowd,
  caller: Caller,
  like?: PreparedCall,
): Promise<PreparedCall> {
  const example = exampleCalls[route];
  if (!example) throw new Error(`${route} has no example: add one to e2e/support/example-calls.ts.`);
  const [method = "", address = ""] = route.split(" ");
  const params = like ? [] : ((await example.params?.(crowd)) ?? []);
  const path = like?.path ?? address.replaceAll(/\{[a-z_]+\}/g, () => params.shift() ?? "unknown");
  const { body, headers = {}, statusOf } = example;
  const client = (await example.as?.(crowd, caller)) ?? crowd.clients[caller];
  return { client, method, path, body, headers, status: statusOf?.[caller] ?? example.status };
}

/** A page's address with values that exist. */
export const pagePath = (address: string, { member }: Crowd): string =>
  address
    .replaceAll("{id}", member.id)
    .replaceAll("{code}", "auth.required")
    .replaceAll("{model}", "iris")
    .replaceAll("{version}", "1");
