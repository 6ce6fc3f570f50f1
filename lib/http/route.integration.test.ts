import { describe, expect, test } from "vitest";
import { z } from "zod";
import { AppError } from "../core/errors";
import { makeAdmin, makeUser, signedIn } from "../testing/factories";
import { collectedLog } from "../testing/leaks";
import { type Call, callHandler, type Problem } from "../testing/request";
import { peerHeader } from "./host";
import { route } from "./route";

const echoBody = z.strictObject({ name: z.string(), nested: z.unknown().optional() });
const echo = route(
  { summary: "Echo", auth: "anonymous", body: echoBody, response: { status: 200, schema: echoBody } },
  async ({ body }) => body,
);
const post = <T = Problem>(call: Call) => callHandler<T>(echo, "POST", "/api/echo", call);

const search = route(
  {
    summary: "Search",
    auth: "anonymous",
    query: z.strictObject({ q: z.string().optional() }),
    response: { status: 200, schema: z.strictObject({ q: z.string().optional() }) },
  },
  async ({ query }) => query,
);
const get = (target: string) => callHandler(search, "GET", target);

const broken = (error: unknown) =>
  route({ summary: "Broken", auth: "anonymous", response: { status: 204 } }, async () => {
    throw error;
  });

describe("every answer", () => {
  test("carries a request id: the caller's when harmless, else an own one, in header, body and log alike", async () => {
    const own = await post({ body: { name: "x" }, headers: { "x-request-id": "my-request-0001" } });
    expect(own.headers.get("x-request-id")).toBe("my-request-0001");
    expect(collectedLog().at(-1)).toContain('"request_id":"my-request-0001"');
    const replaced = await post({ body: "{", headers: { "x-request-id": "<script>alert(1)</script>" } });
    const id = replaced.headers.get("x-request-id");
    expect(id).toMatch(/^req_[0-9A-Za-z]{20}$/);
    expect(replaced.body.request_id).toBe(id);
    expect(collectedLog().at(-1)).toContain(`"request_id":"${id}"`);
  });

  test("is not stored by anybody, and varies by every credential and the origin", async () => {
    for (const answer of [
      await post({ body: { name: "x" } }),
      await post({ body: "{" }),
      await get("/api/search"),
    ]) {
      expect(answer.headers.get("cache-control")).toBe("no-store");
      expect(answer.headers.get("vary")).toBe("Authorization, X-API-Key, Cookie, Origin");
    }
  });

  test("names a site of CORS_ORIGINS, and no other", async () => {
    const listed = await callHandler(search, "GET", "/api/search", {
      headers: { origin: "http://localhost:5173" },
    });
    expect(listed.headers.get("access-control-allow-origin")).toBe("http://localhost:5173");
    const other = await callHandler(search, "GET", "/api/search", {
      headers: { origin: "https://evil.example" },
    });
    expect(other.headers.has("access-control-allow-origin")).toBe(false);
  });

  test("is one line in the log, with status, path and no query", async () => {
    const before = collectedLog().length;
    await get("/api/search?q=private-words");
    const lines = collectedLog().slice(before);
    expect(lines).toHaveLength(1);
    expect(JSON.parse(lines[0] ?? "")).toMatchObject({ method: "GET", path: "/api/search", status: 200 });
    expect(lines[0]).not.toContain("private-words");
  });
});

describe("what a handler throws", () => {
  test("unforeseen is a 500 that says nothing internal, with the reason in the log alone", async () => {
    const error = new Error("duplicate key in table users, file /srv/adyton/lib/x.ts");
    const answer = await callHandler(broken(error), "GET", "/api/broken");
    expect(answer).toMatchObject({ status: 500, body: { code: "service.error" } });
    expect(answer.text).not.toMatch(/duplicate|users|srv|stack/);
    expect(collectedLog().at(-1)).toContain("duplicate key");
  });

  test("from the table keeps its status, sentence, Retry-After and further members", async () => {
    const error = new AppError("auth.busy", {
      retryAfterSeconds: 10,
      extra: { waiting: 200 },
      cause: new Error("inner"),
    });
    const answer = await callHandler(broken(error), "GET", "/api/broken");
    expect(answer).toMatchObject({ status: 503, body: { code: "auth.busy", waiting: 200 } });
    expect(answer.headers.get("retry-after")).toBe("10");
    expect(answer.text).not.toContain("inner");
  });

  test("that is not even an error is a 500", async () => {
    for (const thrown of [undefined, null, "text", 7, { status: 200 }])
      expect((await callHandler(broken(thrown), "GET", "/api/broken")).status).toBe(500);
  });
});

test("an answer with a member that its schema does not list is noticed in tests, not sent", async () => {
  const leaky = route(
    {
      summary: "Leaky",
      auth: "anonymous",
      response: { status: 200, schema: z.strictObject({ id: z.string() }) },
    },
    async () => ({ id: "usr_1", passwordHash: "x" }),
  );
  const answer = await callHandler(leaky, "GET", "/api/leaky");
  expect([answer.status, answer.text.includes("passwordHash")]).toEqual([500, false]);
});

// Seen failing: without the refuseCrossSite line in route().
describe("a change that a page of another site starts with somebody's cookie", () => {
  let changed = 0;
  const change = route({ summary: "Change", auth: "member", response: { status: 204 } }, async () => {
    changed += 1;
    return undefined;
  });
  test.each<[string, Record<string, string>, number]>([
    ["Origin: null", { origin: "null" }, 403],
    ["a foreign origin", { origin: "https://evil.example" }, 403],
    ["Sec-Fetch-Site: cross-site", { "sec-fetch-site": "cross-site" }, 403],
    ["our own origin", { origin: "http://localhost:3000", "sec-fetch-site": "same-origin" }, 204],
    ["a program", {}, 204],
  ])("%s", async (_name, headers, status) => {
    const as = await signedIn(await makeUser());
    const before = changed;
    const answer = await callHandler(change, "POST", "/api/change", { as, headers });
    expect(answer.status).toBe(status);
    if (status === 403) expect(answer.body.code).toBe("request.cross_site");
    expect(changed - before).toBe(status === 204 ? 1 : 0);
  });
});

test("who may not call gets the refusal before the body is looked at", async () => {
  let seen = 0;
  const guarded = route(
    { summary: "Guarded", auth: "admin", body: echoBody, response: { status: 204 } },
    async () => {
      seen += 1;
      return undefined;
    },
  );
  const call = (as?: { cookie: string }) => callHandler(guarded, "POST", "/api/guarded", { as, body: "{" });
  expect((await call()).status).toBe(401);
  expect((await call(await signedIn(await makeUser()))).status).toBe(403);
  expect((await call(await signedIn(await makeAdmin()))).status).toBe(400);
  expect(seen).toBe(0);
});

test("the address of a request is what the host states", async () => {
  const whoami = route(
    {
      summary: "Where",
      auth: "anonymous",
      response: { status: 200, schema: z.strictObject({ address: z.string() }) },
    },
    async ({ anonymous }) => ({ address: anonymous.origin.address }),
  );
  const answer = await callHandler(whoami, "GET", "/api/where", {
    headers: { [peerHeader]: "203.0.113.9", "x-forwarded-for": "1.2.3.4" },
  });
  expect(answer.body).toEqual({ address: "203.0.113.9" });
});
