import type { Client } from "./client";
import { createPerson, invite, type Person, signInAdmin, signInAgain } from "./people";
import type { Host } from "./start-host";

export type LivelyInstall = { admin: Client; member: Person; invitation: string; reset: string };

const firefox = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";
const phone =
  "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/19.0 Mobile/15E148 Safari/604.1";

/** People in every state, several devices, refused sign-ins and changed settings: every page has something to show. */
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
  const started = await admin.api("POST", `${users}/${second.id}/password`);
  await admin.api("PATCH", "/api/v1/admin/settings", { session_idle_hours: 12, login_attempts_max: 6 });
  await host.client().signIn("stranger@elsewhere.example", "a guess in the dark");
  return {
    admin,
    member,
    invitation: `/invite#${invited.token}`,
    reset: `/reset#${new URL(started.json<{ url: string }>().url).hash.slice(1)}`,
  };
}
