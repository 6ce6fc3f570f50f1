import type { Client } from "./client";
import { noteSecret } from "./evidence";
import { writeFactors } from "./lively-factors";
import { writeMails } from "./lively-mails";
import { writeNotices } from "./lively-notices";
import { writeServices } from "./lively-services";
import { fillWeeks } from "./lively-usage";
import { createPerson, invite, type Person, signInAdmin, signInAgain } from "./people";
import type { Host } from "./start-host";

export type LivelyInstall = {
  admin: Client;
  member: Person;
  invitation: string;
  reset: string;
  registration: string;
  tasks: MadeTasks;
};

const firefox = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";
const phone =
  "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/19.0 Mobile/15E148 Safari/604.1";

type MadeKey = { key: { id: string }; secret: string };

async function makeKey(owner: Client, input: object): Promise<MadeKey> {
  const answer = await owner.api("POST", "/api/v1/keys", input);
  const made = answer.json<MadeKey>();
  noteSecret(made.secret);
  return made;
}

/** Used and unused, bounded, replaced, revoked with a reason, reported as leaked. */
async function makeKeys(host: Host, admin: Client, member: Client): Promise<void> {
  const scopes = ["predict", "models:read"];
  await makeKey(admin, { name: "deploy script", scopes: ["admin", "metrics"] });
  const used = await makeKey(member, { name: "nightly report", scopes });
  await host.client().get("/api/v1/verify", { authorization: `Bearer ${used.secret}` });
  await makeKey(member, {
    name: "the measuring station on the roof of the new building, second floor",
    scopes: ["predict", "models:read", "usage:read", "tasks", "keys"],
    models: ["iris", "churn-2026"],
    cidrs: ["192.0.2.0/24", "2001:db8:1234:5678::/64"],
    expires_at: new Date(Date.now() + 90 * 24 * 3_600_000).toISOString(),
    limits: { per_minute: 5, concurrency: 1 },
  });
  const rolled = await makeKey(member, { name: "till in the shop", scopes });
  await member.api("POST", `/api/v1/keys/${rolled.key.id}/roll`, { expires_old_in: 86_400 });
  const revoked = await makeKey(member, { name: "old notebook", scopes });
  const reason = { reason: "It was in a public repository" };
  await admin.api("POST", `/api/v1/admin/keys/${revoked.key.id}/revoke`, reason);
  const leaked = await makeKey(member, { name: "demo of last spring", scopes });
  await host.client().api("POST", "/api/v1/keys/report", { secret: leaked.secret });
  const program = { email: host.admin.email, password: host.admin.password };
  await host.client().api("POST", "/api/auth/login", program);
}

/** The id of a call that was refused. */
export const refusedRequest = "req_of_a_refused_call";

const flower = { sepal_length: 5.1, sepal_width: 3.5, petal_length: 1.4, petal_width: 0.2 };

/** One row and several. */
async function makePredictions(caller: Client): Promise<void> {
  const inputs = [flower, { ...flower, petal_length: 5.4, petal_width: 2.1 }];
  for (const rows of [{ input: flower }, { inputs }]) {
    const answer = await caller.api("POST", "/api/v1/predictions", { model: "iris", ...rows });
    if (answer.status !== 200) throw new Error(`No prediction was made: ${answer.text}`);
  }
}

/** One that the model refuses. */
async function makeRefusal(caller: Client): Promise<void> {
  const wrong = { model: "iris", input: { ...flower, petal_width: -1 } };
  await caller.api("POST", "/api/v1/predictions", wrong, { "x-request-id": refusedRequest });
}

type Task = { id: string; state: string };
type MadeTasks = { finished: string; cancelled: string };

/** One that is through, and one that was stopped on its way. */
async function makeTasks(caller: Client): Promise<MadeTasks> {
  const make = async (name: string, note: string, rows: number): Promise<string> => {
    const inputs = Array.from({ length: rows }, (_, row) => ({ ...flower, petal_length: 1 + (row % 6) }));
    const made = await caller.api("POST", "/api/v1/tasks", { name, note, model: "iris", inputs });
    if (made.status !== 202) throw new Error(`No task was made: ${made.text}`);
    return made.json<Task>().id;
  };
  const finished = await make("Flowers of the botanical garden, counted in March", "For the report", 60);
  const cancelled = await make("All herbaria", "", 900);
  await caller.api("POST", `/api/v1/tasks/${cancelled}/cancel`);
  for (const id of [finished, cancelled]) await waitForEnd(caller, id);
  return { finished, cancelled };
}

async function waitForEnd(caller: Client, id: string): Promise<void> {
  for (;;) {
    const answer = await caller.get(`/api/v1/tasks/${id}`);
    if (answer.status !== 200) throw new Error(`A task cannot be looked at: ${answer.text}`);
    const { state } = answer.json<Task>();
    if (["succeeded", "failed", "cancelled"].includes(state)) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

type KeptMail = { id: string; kind: string; state: string };

/** The way of somebody new up to the mail, which without a mail server is kept for the administrators. */
async function registrationLink(host: Host, admin: Client): Promise<string> {
  await host.client().api("POST", "/api/auth/register", { email: "nora@lab.example", name: "Nora Lind" });
  for (;;) {
    const { items } = (await admin.get("/api/v1/admin/mails?state=kept")).json<{ items: KeptMail[] }>();
    const mail = items.find(({ kind }) => kind === "registration");
    const text = mail && (await admin.get(`/api/v1/admin/mails/${mail.id}`)).json<{ text: string }>().text;
    const [, secret] = /\/verify#(\w+)/.exec(text ?? "") ?? [];
    if (secret) {
      noteSecret(secret);
      return `/verify#${secret}`;
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** People and keys in every state, several devices, refused sign-ins and changed settings: every page has something to show. */
export async function fillInstall(host: Host, adminPassword: string): Promise<LivelyInstall> {
  const owner = { ...host, admin: { email: host.admin.email, password: adminPassword } };
  const admin = await signInAdmin(owner);
  const users = "/api/v1/admin/users";
  const member = await createPerson(host, admin, { name: "Mira Quill", email: "mira@lab.example" });
  await signInAgain(member, member.client.copy({ "user-agent": phone }));
  await signInAdmin(owner, host.client().copy({ "user-agent": firefox }));
  const second = await createPerson(host, admin, { name: "Jonas Feld", email: "jonas@lab.example" });
  await admin.api("PATCH", `${users}/${second.id}`, { role: "admin" });
  const disabled = await createPerson(host, admin, { name: "Otto Birch", email: "otto@lab.example" });
  await admin.api("PATCH", `${users}/${disabled.id}`, { disabled: true });
  const deleted = await invite(admin, { name: "Lena Ash", email: "lena@lab.example" });
  await admin.api("DELETE", `${users}/${deleted.id}`);
  await invite(admin, {
    name: "Wilhelmina Konstantinopolskaya-Featherstonehaugh",
    email: "wilhelmina.konstantinopolskaya-featherstonehaugh@a-rather-long-department.university.example",
  });
  const invited = await invite(admin, { name: "Ada Winter", email: "ada@lab.example" });
  const started = await admin.api("POST", `${users}/${second.id}/password`, { send_mail: true });
  await admin.api("PATCH", "/api/v1/admin/settings", {
    session_idle_hours: 12,
    login_attempts_max: 6,
    registration: "open",
  });
  await host.client().signIn("stranger@elsewhere.example", "a guess in the dark");
  await makeKeys(owner, admin, member.client);
  // More than is counted in the longest month.
  const terms = { quota: { units_per_month: 20_000 }, prices: { per_row: 0.01 } };
  await admin.api("PATCH", "/api/v1/admin/plans/free", terms);
  for (const caller of [admin, member.client]) await makePredictions(caller);
  await makeRefusal(member.client);
  await fillWeeks(host, member.client);
  writeNotices(host, member.id);
  writeMails(host, member.id);
  const tasks = await makeTasks(member.client);
  writeFactors(host, member.id);
  await writeServices(host, admin, member.id);
  return {
    admin,
    member,
    tasks,
    invitation: `/invite#${invited.token}`,
    registration: await registrationLink(host, admin),
    reset: `/reset#${new URL(started.json<{ url: string }>().url).hash.slice(1)}`,
  };
}
