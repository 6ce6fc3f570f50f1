import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { pageAccess, routeAccess } from "../../lib/http/access-table";
import { builtPages } from "../support/built-pages";
import type { Answer } from "../support/client";
import { browsers, type Caller, type Crowd, callers, gatherCrowd, refusalFor } from "../support/crowd";
import { exampleCalls, pagePath, prepareCall } from "../support/example-calls";
import { invite, signInAgain } from "../support/people";
import { type Host, startHost } from "../support/start-host";

// Seen failing: without `requireAccess` in lib/http/route.ts all routes below answer on the host without
// a gate; without `requireAdminPage` in a page, a member gets it.

const kinds = ["server", "next", "next-without-middleware"] as const;
const routes = Object.keys(routeAccess);
const guarded = routes.filter((route) => routeAccess[route] !== "anonymous");
const pages = builtPages();

type PreparedCall = Awaited<ReturnType<typeof prepareCall>>;

/** What each host answered, to be compared in the end. */
const answers: Record<string, Record<string, string>> = {};

const newestEvent = async ({ clients }: Crowd): Promise<number> => {
  const page = (await clients.admin.get("/api/v1/admin/audit?limit=1")).json<{
    items: { position: number }[];
  }>();
  return page.items[0]?.position ?? 0;
};

const pageResult = (answer: Answer): string => {
  const target = answer.headers.location;
  return target ? `${answer.status} to ${new URL(target, "http://x").pathname}` : String(answer.status);
};

/** Pages that send whoever may see them on to where they are wanted. */
const onward: Record<string, string> = {
  "/": "/dashboard",
  "/login": "/dashboard",
  "/register": "/dashboard",
  "/welcome": "/dashboard",
};

function pageExpectation(caller: Caller, address: string): string {
  const refusal = refusalFor(caller, pageAccess[address] ?? "anonymous");
  if (refusal?.status === 401) return "307 to /login";
  const isSignedIn = refusalFor(caller, "member") === null;
  // The admin of these hosts has chosen the password, so /welcome has nothing to ask.
  if (isSignedIn && onward[address]) return `307 to ${onward[address]}`;
  if (address === "/") return "307 to /login";
  return String(refusal?.status ?? 200);
}

const flower = { sepal_length: 5.1, sepal_width: 3.5, petal_length: 1.4, petal_width: 0.2 };

/** A task is its owner's alone, whatever others may do. */
async function membersTask({ member }: Crowd): Promise<string> {
  const body = { name: "Flowers", model: "iris", inputs: [flower] };
  const answer = await member.client.api("POST", "/api/v1/tasks", body);
  expect(answer.status).toBe(202);
  return `/tasks/${answer.json<{ id: string }>().id}`;
}

test("every route of the authorisation table has an example call", () => {
  expect(routes.filter((route) => !exampleCalls[route])).toEqual([]);
});

test("every page of the authorisation table is in the build", () => {
  expect(pages).toEqual(Object.keys(pageAccess));
});

describe.each(kinds)("on the host %s", (kind) => {
  let host: Host;
  let crowd: Crowd;
  const seen: Record<string, string> = {};
  answers[kind] = seen;

  beforeAll(async () => {
    host = await startHost({ kind });
    crowd = await gatherCrowd(host);
  });
  afterAll(() => host?.stop());

  test(`the gate ${kind === "next-without-middleware" ? "is really gone" : "is there"}`, async () => {
    const { status, headers } = await crowd.clients.anonymous.api("PUT", "/api/auth/me");
    const allow = kind === "next-without-middleware" ? undefined : "GET, PATCH, DELETE";
    expect({ status, allow: headers.allow }).toEqual({ status: 405, allow });
  });

  test.each(routes)(
    "%s answers each caller as the table says, and refusals change nothing",
    async (route) => {
      const access = routeAccess[route] ?? "anonymous";
      const refused = callers.filter((caller) => refusalFor(caller, access) !== null);
      // Prepared beforehand, because that writes events of its own; looked at once, because the log is limited too.
      const calls = new Map<Caller, PreparedCall>();
      // A refusal changes nothing, so all of them are tried at the same objects.
      for (const caller of refused) {
        const [like] = calls.values();
        calls.set(caller, await prepareCall(route, crowd, caller, like));
      }
      const before = refused.length > 0 && (await newestEvent(crowd));
      for (const [caller, call] of calls) {
        const answer = await call.client.api(call.method, call.path, call.body, call.headers);
        seen[`${route} as ${caller}`] = `${answer.status} ${answer.code}`.trim();
        const { status, code } = answer;
        expect({ caller, status, code }).toEqual({ caller, ...refusalFor(caller, access) });
        expect(answer.headers["www-authenticate"]).toMatch(/^Bearer realm="adyton"/);
      }
      if (refused.length > 0) expect(await newestEvent(crowd)).toBe(before);
      for (const caller of callers) {
        if (calls.has(caller)) continue;
        const call = await prepareCall(route, crowd, caller);
        const answer = await call.client.api(call.method, call.path, call.body, call.headers);
        seen[`${route} as ${caller}`] = `${answer.status} ${answer.code}`.trim();
        expect({ caller, status: answer.status }).toEqual({ caller, status: call.status });
      }
    },
  );

  test.each(guarded)(
    "%s refuses a malformed credential, a cross-site call and two credentials",
    async (route) => {
      const { method, path, body } = await prepareCall(route, crowd, "admin");
      const call = (headers: Record<string, string>) => crowd.clients.admin.api(method, path, body, headers);
      for (const authorization of [
        "Bearer %zz",
        "Bearer ",
        "Basic YTpi",
        "Bearer eyJhbGciOiJub25lIn0.e30.",
      ]) {
        const { status, code } = await call({ authorization });
        expect({ authorization, status, code }).toEqual({
          authorization,
          status: 401,
          code: "auth.invalid_token",
        });
      }
      const two = await call({ authorization: "Bearer one", "x-api-key": "another" });
      expect([two.status, two.code]).toEqual([400, "request.two_credentials"]);
      if (method === "GET") return;
      for (const headers of [
        { origin: "https://evil.example" },
        { origin: "null" },
        { "sec-fetch-site": "cross-site" },
      ]) {
        const { status, code } = await call(headers as unknown as Record<string, string>);
        expect({ headers, status, code }).toEqual({ headers, status: 403, code: "request.cross_site" });
      }
    },
  );

  test.each(pages)("the page %s opens for those whom the table names", async (address) => {
    const isTask = address === "/tasks/{id}";
    const path = isTask ? await membersTask(crowd) : pagePath(address, crowd);
    for (const caller of browsers) {
      const result = pageResult(await crowd.clients[caller].get(path));
      seen[`${address} as ${caller}`] = result;
      const expected = pageExpectation(caller, address);
      const isNotTheirs = isTask && caller !== "member" && expected === "200";
      expect({ caller, result }).toEqual({ caller, result: isNotTheirs ? "404" : expected });
    }
  });

  test("somebody else's session is not there: 404, and it goes on", async () => {
    const { member, other, clients } = crowd;
    const own = (await clients["other member"].get("/api/auth/sessions")).json<{ items: { id: string }[] }>();
    for (const { id } of own.items) {
      const answer = await member.client.api("DELETE", `/api/auth/sessions/${id}`);
      expect([answer.status, answer.code]).toEqual([404, "session.not_found"]);
    }
    expect((await other.client.get("/api/auth/me")).status).toBe(200);
  });

  test("a person ends an own session, an admin anybody's", async () => {
    for (const by of [crowd.member.client, crowd.clients.admin]) {
      const device = await signInAgain(crowd.member);
      const me = (await device.get("/api/auth/me")).json<{ session: { id: string } }>();
      expect((await by.api("DELETE", `/api/auth/sessions/${me.session.id}`)).status).toBe(204);
      expect((await device.get("/api/auth/me")).status).toBe(401);
    }
  });

  test("an account that is only invited, disabled or deleted cannot sign in", async () => {
    const invited = await invite(crowd.clients.admin);
    const refused = await host.client().signIn(invited.email, "a quiet harbour at dawn");
    expect([refused.status, refused.code]).toEqual([401, "auth.invalid_credentials"]);
    const { id, email, password } = crowd.other;
    const change = (body: unknown) => crowd.clients.admin.api("PATCH", `/api/v1/admin/users/${id}`, body);
    await change({ disabled: true });
    expect((await host.client().signIn(email, password)).status).toBe(401);
    await change({ disabled: false });
    await crowd.clients.admin.api("DELETE", `/api/v1/admin/users/${id}`);
    expect((await host.client().signIn(email, password)).status).toBe(401);
  });
});

test("all hosts gave the same answers", () => {
  expect(Object.keys(answers.server ?? {}).length).toBe(
    routes.length * callers.length + pages.length * browsers.length,
  );
  expect(answers.next).toEqual(answers.server);
  expect(answers["next-without-middleware"]).toEqual(answers.server);
});
