import { afterAll, beforeAll, expect, test } from "vitest";
import { Client } from "../support/client";
import { noteSecret } from "../support/evidence";
import { createPerson, type Person, signInAdmin } from "../support/people";
import { type RealIssuer, startRealIssuer } from "../support/real-issuer";
import { type Host, startHost } from "../support/start-host";

let host: Host;
let admin: Client;
let person: Person;
let issuer: RealIssuer;
const people = {
  mira: { email: "mira@lab.example", email_verified: true, name: "Mira Quill" },
  newcomer: { email: "newcomer@lab.example", email_verified: true, name: "New Comer" },
};

beforeAll(async () => {
  host = await startHost();
  admin = await signInAdmin(host);
  person = await createPerson(host, admin);
  issuer = await startRealIssuer(`http://localhost:${host.port}/api/auth/callback/lab`, people);
});
afterAll(async () => {
  issuer?.stop();
  await host?.stop();
});

const services = "/api/v1/admin/providers";

/** Through the pages of the service, as a browser goes: signs in there under this name and agrees. */
async function walk(start: string, login: string): Promise<string> {
  const visitor = new Client(issuer.url);
  let place = new URL(start);
  for (let step = 0; step < 20; step += 1) {
    if (place.origin !== issuer.url) return place.pathname + place.search;
    const page = await visitor.get(place.pathname + place.search);
    const location = page.headers.location ?? (await answerForm(visitor, page.text, login));
    place = new URL(location, issuer.url);
  }
  throw new Error(`The service goes round in circles: ${place.href}`);
}

async function answerForm(visitor: Client, html: string, login: string): Promise<string> {
  const [, action = ""] = /action="([^"]+)"/.exec(html) ?? [];
  const [, prompt = ""] = /name="prompt" value="(\w+)"/.exec(html) ?? [];
  if (prompt === "") throw new Error(`There is no form: ${html}`);
  const { pathname } = new URL(action, issuer.url);
  const answer = await visitor.send("POST", pathname, {
    headers: { "content-type": "application/x-www-form-urlencoded" },
    body: new URLSearchParams({ prompt, login, password: "x" }).toString(),
  });
  return answer.headers.location ?? "";
}

async function begin(client: Client): Promise<string> {
  const { csrfToken } = (await client.get("/api/auth/csrf")).json<{ csrfToken: string }>();
  const answer = await client.send("POST", "/api/auth/signin/lab", {
    headers: { "content-type": "application/x-www-form-urlencoded", "x-auth-return-redirect": "1" },
    body: new URLSearchParams({ csrfToken, callbackUrl: "/welcome" }).toString(),
  });
  expect(answer.status).toBe(200);
  return answer.json<{ url: string }>().url;
}

/** The path where a sign-in ends. */
async function signInThrough(client: Client, login: string): Promise<string> {
  const back = await client.get(await walk(await begin(client), login));
  expect(back.status).toBe(302);
  return new URL(back.headers.location ?? "").pathname + new URL(back.headers.location ?? "").search;
}

const whoIs = async (client: Client) => {
  const answer = await client.get("/api/auth/me");
  return answer.status === 200 ? answer.json<{ user: { email: string } }>().user.email : answer.status;
};

test("an administrator adds a service by its issuer; what it is asked with never comes back", async () => {
  const body = { kind: "oidc", id: "lab", title: "Lab", issuer: issuer.url, ...issuer.client };
  const wrong = await admin.api("POST", services, { ...body, issuer: `${issuer.url}/elsewhere` });
  expect([wrong.status, wrong.code]).toEqual([422, "request.invalid"]);
  const plain = await admin.api("POST", services, { ...body, issuer: "http://login.example.org" });
  expect(plain.json<{ errors: { pointer: string }[] }>().errors[0]?.pointer).toBe("/issuer");
  const made = await admin.api("POST", services, body);
  expect(made.status).toBe(201);
  expect(made.json()).toMatchObject({
    id: "lab",
    enabled: true,
    callback_url: `http://localhost:${host.port}/api/auth/callback/lab`,
  });
  expect((await admin.api("POST", services, body)).code).toBe("provider.name_taken");
  const listed = await admin.get(services);
  expect(made.text + listed.text).not.toContain(issuer.client.client_secret);
  const known = (await host.client().get("/api/auth/providers")).json<Record<string, { name: string }>>();
  expect(known.lab?.name).toBe("Lab");
});

test("connected from the account, it signs the person in from then on, and nobody else", async () => {
  const stranger = host.client();
  expect(await signInThrough(stranger, "mira")).toBe("/login?error=auth.not_linked");
  expect(await whoIs(stranger)).toBe(401);

  const link = await person.client.api("POST", "/api/auth/accounts/lab/link");
  expect(link.status).toBe(200);
  const back = await person.client.get(await walk(link.json<{ url: string }>().url, "mira"));
  expect(back.headers.location).toBe(`http://localhost:${host.port}/account/security?connected=lab`);
  const accounts = (await person.client.get("/api/auth/accounts")).json<{ items: object[] }>();
  expect(accounts.items).toMatchObject([{ provider: "lab", title: "Lab", label: "mira@lab.example" }]);

  const browser = host.client();
  expect(await signInThrough(browser, "mira")).toBe("/welcome");
  expect(await whoIs(browser)).toBe(person.email);
  expect(await signInThrough(host.client(), "newcomer")).toBe("/login?error=auth.not_linked");
});

test("where everybody may register, somebody new gets an account with the address it vouches for", async () => {
  await admin.api("PATCH", "/api/v1/admin/settings", { registration: "open" });
  const browser = host.client();
  expect(await signInThrough(browser, "newcomer")).toBe("/welcome");
  expect(await whoIs(browser)).toBe("newcomer@lab.example");
  const denied = await browser.api("DELETE", "/api/auth/accounts/lab");
  expect([denied.status, denied.code]).toEqual([409, "account.last_way_in"]);
  expect((await admin.get(services)).json<{ items: object[] }>().items).toMatchObject([
    { people: 2, people_without_other_way: 1 },
  ]);
});

test("after a while connecting asks for a fresh proof first", async () => {
  await host.moveClock(16 * 60_000);
  const stale = await person.client.api("POST", "/api/auth/accounts/lab/link");
  expect([stale.status, stale.code]).toEqual([403, "auth.step_up_required"]);
  expect((await person.client.api("DELETE", "/api/auth/accounts/lab")).code).toBe("auth.step_up_required");
});

test("no secret of a way to the service is in the logs", () => {
  noteSecret(issuer.client.client_secret);
  expect(host.logs()).not.toMatch(/[?&](code|state)=/);
});
