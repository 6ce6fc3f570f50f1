import path from "node:path";
import Database from "better-sqlite3";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Client } from "../support/client";
import { createKey, createPerson, type Person, signInAdmin, signInProgram } from "../support/people";
import { type Host, startHost } from "../support/start-host";

const setosa = { sepal_length: 5.1, sepal_width: 3.5, petal_length: 1.4, petal_width: 0.2 };
const month = new Date().toISOString().slice(0, 7);
const memberScopes = ["predict", "models:read", "usage:read", "tasks", "keys"];

type Made = { id: string };
type Page = { items: Made[]; next_cursor: string | null };

let host: Host;
let mira: Person;
let otto: Person;
/** Otto in a browser, in a program that signed in, and with a key that may do all that a key of a member can. */
let ottos: [string, Client][];
/** What is Mira's: the ids of it all. */
const hers = { key: "", task: "", webhook: "", delivery: "", alert: "", predictions: [] as string[] };

/** Addresses that list or add up what belongs to somebody. */
const lists = [
  "/api/v1/usage",
  "/api/v1/usage?group_by=model",
  "/api/v1/usage?group_by=key",
  "/api/v1/usage/calls",
  "/api/v1/usage/limits",
  `/api/v1/usage/statements/${month}`,
  "/api/v1/predictions",
  "/api/v1/keys",
  "/api/v1/tasks",
  "/api/v1/webhooks",
  "/api/v1/alerts",
];
const paged = [
  "/api/v1/usage/calls",
  "/api/v1/predictions",
  "/api/v1/keys",
  "/api/v1/tasks",
  "/api/v1/alerts",
];
const types = ["application/json", "text/csv", "application/cloudevents-batch+json"];

/** Addresses that name one thing of hers, with every method they know. */
const named = (): [string, string, unknown?][] => [
  ...hers.predictions.map((id): [string, string] => ["GET", `/api/v1/predictions/${id}`]),
  ["GET", `/api/v1/keys/${hers.key}`],
  ["PATCH", `/api/v1/keys/${hers.key}`, { name: "Mine now" }],
  ["POST", `/api/v1/keys/${hers.key}/roll`, { expires_old_in: 0 }],
  ["DELETE", `/api/v1/keys/${hers.key}`],
  ["GET", `/api/v1/tasks/${hers.task}`],
  ["PUT", `/api/v1/tasks/${hers.task}`, { name: "Mine now", note: "" }],
  ["GET", `/api/v1/tasks/${hers.task}/results`],
  ["POST", `/api/v1/tasks/${hers.task}/cancel`],
  ["POST", `/api/v1/tasks/${hers.task}/resume`],
  ["DELETE", `/api/v1/tasks/${hers.task}`],
  ["GET", `/api/v1/webhooks/${hers.webhook}`],
  ["PATCH", `/api/v1/webhooks/${hers.webhook}`, { enabled: false }],
  ["POST", `/api/v1/webhooks/${hers.webhook}/roll`, { expires_old_in: 0 }],
  ["POST", `/api/v1/webhooks/${hers.webhook}/test`],
  ["GET", `/api/v1/webhooks/${hers.webhook}/deliveries`],
  ["POST", `/api/v1/webhooks/${hers.webhook}/deliveries/${hers.delivery}/replay`],
  ["DELETE", `/api/v1/webhooks/${hers.webhook}`],
  ["POST", `/api/v1/alerts/${hers.alert}/seen`],
  ["POST", `/api/v1/alerts/${hers.alert}/undo`],
];

const marks = (): string[] => [mira.id, mira.email, ...Object.values(hers).flat()];
const expectNothingOfHers = (text: string, what: string) => {
  for (const mark of marks()) expect(text, `${what} shows ${mark}`).not.toContain(mark);
};

/** What no route of a member makes on demand is put into the install itself. */
function writeRows(): void {
  const database = new Database(path.join(host.dataDir, "adyton.db"), { timeout: 10_000 });
  const at = new Date().toISOString().replace("Z", "+00:00");
  Object.assign(hers, { webhook: "whk_mira", delivery: "msg_mira", alert: "alr_mira" });
  database
    .prepare(
      "INSERT INTO webhook_endpoints (id, user_id, url, events, secret_sealed, created_at) VALUES (?, ?, ?, ?, ?, ?)",
    )
    .run(hers.webhook, mira.id, `https://hooks.example/${mira.id}`, "task.completed", "nothing", at);
  database
    .prepare(
      "INSERT INTO webhook_deliveries (id, endpoint_id, user_id, type, body, state, attempts, next_at, created_at) VALUES (?, ?, ?, 'task.completed', '{}', 'failed', 9, ?, ?)",
    )
    .run(hers.delivery, hers.webhook, mira.id, at, at);
  database
    .prepare(
      "INSERT INTO alerts (id, key, user_id, kind, level, facts, created_at, told_at) VALUES (?, 'of-mira', ?, 'quota.near', 'info', ?, ?, ?)",
    )
    .run(
      hers.alert,
      mira.id,
      '{"limit":"units","percent":75,"used":75,"of":100,"period":"2026-11","currency":"EUR"}',
      at,
      at,
    );
  database.close();
}

beforeAll(async () => {
  host = await startHost();
  const admin = await signInAdmin(host);
  const limits = { per_minute: null, per_hour: null, concurrency: null };
  await admin.api("PATCH", "/api/v1/admin/plans/free", { limits });
  mira = await createPerson(host, admin, { name: "Mira Quillfeather" });
  otto = await createPerson(host, admin, { name: "Otto Quincetree" });
  const own = await createKey(otto.client, { scopes: memberScopes });
  ottos = [
    ["session", otto.client],
    ["token", (await signInProgram(host, otto)).client],
    ["key", new Client(host.origin, { "x-api-key": own.secret })],
  ];
  const { id, secret } = await createKey(mira.client, { scopes: memberScopes });
  hers.key = id;
  const byKey = new Client(host.origin, { "x-api-key": secret });
  for (const client of [mira.client, byKey, byKey]) {
    const answer = await client.api("POST", "/api/v1/predictions", { model: "iris", input: setosa });
    expect([answer.status, answer.text]).toEqual([200, expect.any(String)]);
    hers.predictions.push(answer.json<Made>().id);
  }
  const task = { name: "Of Mira", model: "iris", inputs: [setosa, setosa] };
  for (let count = 0; count < 2; count += 1) {
    const answer = await mira.client.api("POST", "/api/v1/tasks", task);
    expect([answer.status, answer.text]).toEqual([202, expect.any(String)]);
    // The first of them: it is on the page that her cursor leads to.
    hers.task ||= answer.json<Made>().id;
  }
  writeRows();
});
afterAll(() => host?.stop());

const hasSeen = async (path: string, accept: string) =>
  (await mira.client.send("GET", path, { headers: { accept } })).text;

// Seen failing: with no user in `ownOf` of lib/tasks/queries.ts the list shows her task, without `canSeeTask` its
// address does. Of `usageReport`, its integration test was seen failing on the same question.
describe("of two people, neither", () => {
  test("finds anything of the other in a list, a sum or a download", async () => {
    // What is looked for is there, for the one whose it is.
    await expect.poll(() => hasSeen("/api/v1/usage/calls", "text/csv")).toContain(hers.predictions.at(-1));
    expect(await hasSeen("/api/v1/alerts", "application/json")).toContain(hers.alert);
    expect(await hasSeen("/api/v1/webhooks", "application/json")).toContain(hers.webhook);
    for (const [kind, client] of ottos) {
      for (const list of lists) {
        for (const accept of types) {
          const answer = await client.send("GET", list, { headers: { accept } });
          const isForPeople = kind === "key" && /webhooks|alerts/.test(list);
          expect(answer.status, `${kind} ${list} ${accept}: ${answer.text}`).toBe(isForPeople ? 403 : 200);
          expectNothingOfHers(answer.text, `${kind} ${list} ${accept}`);
        }
      }
      const total = (await client.api("GET", "/api/v1/usage")).json<{ total: { calls: number } }>().total;
      expect(total.calls, kind).toBe(0);
    }
  });

  test("gets at a thing of the other by its id, whatever is asked of it", async () => {
    for (const [kind, client] of ottos) {
      for (const [method, address, body] of named()) {
        const answer = await client.api(method, address, body);
        const isForPeople = kind === "key" && /webhooks|alerts/.test(address);
        expect(answer.status, `${kind} ${method} ${address}: ${answer.text}`).toBe(isForPeople ? 403 : 404);
      }
    }
    for (const [method, address] of named().filter(([method]) => method === "GET"))
      expect((await mira.client.api(method, address)).status, address).toBe(200);
  });

  test("gets further with a cursor or a filter of the other", async () => {
    for (const list of paged) {
      const page = (await mira.client.api("GET", `${list}?limit=1`)).json<Page>();
      for (const [kind, client] of ottos) {
        if (!page.next_cursor || (kind === "key" && list.includes("alerts"))) continue;
        const answer = await client.api("GET", `${list}?cursor=${encodeURIComponent(page.next_cursor)}`);
        expect(answer.status, `${kind} ${list}`).toBe(200);
        expectNothingOfHers(answer.text, `${kind} ${list} with her cursor`);
      }
    }
    for (const [kind, client] of ottos) {
      const report = await client.api("GET", `/api/v1/usage?key=${hers.key}`);
      expect(report.json<{ total: { calls: number } }>().total.calls, kind).toBe(0);
      for (const filter of [`key=${hers.key}`, "model=iris"]) {
        const calls = await client.api("GET", `/api/v1/usage/calls?${filter}`);
        expect(calls.json<Page>().items, `${kind} ${filter}`).toEqual([]);
      }
      for (const list of ["/api/v1/usage", "/api/v1/usage/calls"])
        expect((await client.api("GET", `${list}?user=${mira.id}`)).status, `${kind} ${list}`).toBe(422);
      for (const list of ["", "/calls"])
        expect((await client.api("GET", `/api/v1/admin/usage${list}`)).status, kind).toBe(403);
      const statement = `/api/v1/admin/users/${mira.id}/statements/${month}`;
      expect((await client.api("GET", statement)).status, kind).toBe(403);
    }
  });
});
