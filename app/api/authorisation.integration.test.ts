import { describe, expect, test } from "vitest";
import { type Access, routeAccess } from "@/lib/http/access-table";
import { sessionCookie } from "@/lib/http/cookies";
import { nextAuthGet, nextAuthPost } from "@/lib/http/next-auth";
import { moveClock, now } from "@/lib/infra/clock";
import { db } from "@/lib/infra/db/client";
import { endSessions } from "@/lib/sessions/commands";
import { cookieFor, makeAdmin, makeUser, signedIn } from "@/lib/testing/factories";
import { api, callHandler } from "@/lib/testing/request";

const routes = Object.entries(routeAccess).map(([route, access]) => {
  const [method = "", address = ""] = route.split(" ");
  return { route, access, method, target: address.replaceAll(/\{\w+\}/g, "usr_doesnotexist000000") };
});

type Kind = "anonymous" | "member" | "admin";
type Caller = { name: string; cookie: () => Promise<{ cookie: string } | undefined>; may: readonly Kind[] };
/** In a browser a person has every scope of the role. */
const kindOf = (access: Access): Kind => access.split(":", 1)[0] as Kind;

const nobody: readonly Kind[] = ["anonymous"];
const callers: Caller[] = [
  { name: "anonymous", cookie: async () => undefined, may: nobody },
  {
    name: "a disabled member",
    may: nobody,
    cookie: async () => {
      const caller = await signedIn(await makeUser());
      await db().user.update({ where: { id: caller.user.id }, data: { disabledAt: now() } });
      return caller;
    },
  },
  {
    name: "a disabled admin",
    may: nobody,
    cookie: async () => {
      const caller = await signedIn(await makeAdmin());
      await db().user.update({ where: { id: caller.user.id }, data: { disabledAt: now() } });
      return caller;
    },
  },
  {
    name: "a deleted admin",
    may: nobody,
    cookie: async () => {
      const caller = await signedIn(await makeAdmin());
      await db().user.update({ where: { id: caller.user.id }, data: { deletedAt: now() } });
      return caller;
    },
  },
  {
    name: "an ended session of an admin",
    may: nobody,
    cookie: async () => {
      const caller = await signedIn(await makeAdmin());
      await endSessions(db(), caller.user.id, "signed_out");
      return caller;
    },
  },
  {
    name: "an expired session of an admin",
    may: nobody,
    cookie: async () => {
      const caller = await signedIn(await makeAdmin(), 1_000);
      moveClock(1_001);
      return caller;
    },
  },
  {
    name: "a cookie sealed for another slot",
    may: nobody,
    cookie: async () => {
      const { user, sessionId } = await signedIn(await makeAdmin());
      return { cookie: await cookieFor({ sub: user.id, sid: sessionId }, "adyton.csrf") };
    },
  },
  {
    name: "a cookie that names a session nobody has",
    may: nobody,
    cookie: async () => ({ cookie: await cookieFor({ sub: "usr_x", sid: "ses_x" }) }),
  },
  {
    name: "a member",
    may: ["anonymous", "member"],
    cookie: async () => signedIn(await makeUser()),
  },
  {
    name: "an admin",
    may: ["anonymous", "member", "admin"],
    cookie: async () => signedIn(await makeAdmin()),
  },
];

// Seen failing: without requireAccess in route() 173 of these fail; with isAdmin always true, every admin route for members.
describe.each(callers)("$name gets what the access table says", ({ cookie, may }) => {
  test.each(routes)("$route", async ({ method, target, access }) => {
    const as = await cookie();
    const answer = await api(method, target, { as, ...(method === "GET" ? {} : { body: {} }) });
    expect(answer.status).toBeLessThan(500);
    if (may.includes(kindOf(access))) {
      expect(["auth.required", "auth.forbidden", "auth.invalid_token"]).not.toContain(answer.body?.code);
    } else if (may.includes("member")) {
      expect(answer).toMatchObject({ status: 403, body: { code: "auth.forbidden" } });
    } else {
      expect(answer).toMatchObject({ status: 401, body: { code: "auth.required" } });
      expect(answer.headers.get("www-authenticate")).toContain('Bearer realm="adyton"');
    }
  });
});

const garbage = [
  "Bearer %zz",
  "Bearer",
  "",
  "Basic YTpi",
  "Bearer a.b.c",
  `Bearer ${"x".repeat(5_000)}`,
  "\u00ff",
];

// Seen failing: without the line of credentialOf() that looks at the headers first, an admin's cookie carries each of these through.
describe("a header credential that is not one", () => {
  test.each(routes)(
    "is a 401 on $route whatever the cookie, and never a 500",
    async ({ method, target, access }) => {
      const as = await signedIn(await makeAdmin());
      for (const authorization of garbage) {
        const answer = await api(method, target, { as, headers: { authorization } });
        if (access === "anonymous") expect(answer.status).toBeLessThan(500);
        else {
          expect(answer).toMatchObject({ status: 401, body: { code: "auth.invalid_token" } });
          expect(answer.headers.get("www-authenticate")).toContain('error="invalid_token"');
        }
      }
    },
  );

  test("does not disturb NextAuth's own routes", async () => {
    for (const authorization of garbage) {
      const headers = { authorization };
      for (const path of ["session", "csrf", "providers"]) {
        const answer = await callHandler(nextAuthGet, "GET", `/api/auth/${path}`, { headers });
        expect(answer.status).toBe(200);
      }
      const refused = await callHandler(nextAuthPost, "POST", "/api/auth/callback/credentials", {
        headers,
        body: {},
      });
      expect(refused.status).toBeLessThan(500);
    }
  });

  test.each(routes)("and two different ones are a 400 on $route", async ({ method, target }) => {
    const answer = await api(method, target, { headers: { authorization: "Bearer a", "x-api-key": "b" } });
    // The endpoints of OAuth have the errors of their own standard.
    const body = target.startsWith("/oauth/")
      ? { error: "invalid_request" }
      : { code: "request.two_credentials" };
    expect(answer).toMatchObject({ status: 400, body });
  });
});

test("a session cookie in the place of a header credential, and pieces of it, open nothing", async () => {
  const { cookie } = await signedIn(await makeAdmin());
  const token = cookie.slice(sessionCookie().length + 1);
  const me = (headers: Record<string, string>) => api("GET", "/api/auth/me", { headers });
  expect((await me({ cookie })).status).toBe(200);
  expect((await me({ authorization: `Bearer ${token}` })).status).toBe(401);
  expect((await me({ "x-api-key": token })).status).toBe(401);
  expect((await me({ cookie: cookie.slice(0, -2) })).status).toBe(401);
  expect((await me({ cookie: `${sessionCookie()}=` })).status).toBe(401);
  expect((await me({ cookie: `adyton.device=${token}` })).status).toBe(401);
});
