import { beforeEach, describe, expect, test } from "vitest";
import { minuteMs } from "../core/time";
import { moveClock, resetClock } from "../infra/clock";
import { takeSingleton } from "../infra/singleton";
import { keyText } from "../keys/domain";
import { rememberSettings } from "../settings/known";
import { defaultSettings } from "../settings/schema";
import { routeAccess } from "./access-table";
import { countChanges, rememberVerified } from "./credential-cache";
import { fingerprintOf } from "./credentials";
import { gate } from "./gate";
import { markOwnHost, peerHeader } from "./host";

const ask = (method: string, path: string, headers: Record<string, string> = {}) =>
  gate(new Request(`http://localhost:3000${path}`, { method, headers }));
const cookie = { cookie: "adyton.session=anything" };
const key = keyText("a".repeat(30));

beforeEach(() => {
  markOwnHost();
  resetClock();
  takeSingleton("limit-strangers");
  takeSingleton("credentials");
  rememberSettings({ ...defaultSettings, anonymous_per_minute: 100 });
});

describe("the gate", () => {
  test.each(Object.entries(routeAccess))(
    "%s needs a credential only when it is not public: %s",
    async (route, access) => {
      const [method = "", address = ""] = route.split(" ");
      const path = address.replaceAll(/\{\w+\}/g, "usr_1");
      const answer = await ask(method, path);
      if (access === "anonymous") expect(answer).toBeNull();
      else {
        expect(answer?.status).toBe(401);
        expect(await answer?.json()).toMatchObject({ code: "auth.required" });
      }
      expect(await ask(method, path, cookie)).toBeNull();
      expect(await ask(method, path, { authorization: `Bearer ${key}` })).toBeNull();
      expect(await ask(method, path, { "x-api-key": key })).toBeNull();
    },
  );

  test.each<[string, string, number, string | null]>([
    ["PUT", "/api/auth/me", 405, "GET, PATCH, DELETE"],
    ["DELETE", "/api/v1/admin/users", 405, "GET, POST"],
    ["POST", "/api/health/live", 405, "GET"],
  ])("%s %s is a method that does not work there", async (method, path, status, allow) => {
    const answer = await ask(method, path, cookie);
    expect([answer?.status, answer?.headers.get("allow")]).toEqual([status, allow]);
  });

  test("HEAD is as free as GET", async () => {
    expect(await ask("HEAD", "/api/health/live")).toBeNull();
    expect((await ask("HEAD", "/api/auth/me"))?.status).toBe(401);
  });

  test("two different credentials are a 400", async () => {
    const other = keyText("b".repeat(30));
    const two = { authorization: `Bearer ${key}`, "x-api-key": other };
    expect((await ask("GET", "/api/auth/me", two))?.status).toBe(400);
    expect(await ask("GET", "/api/auth/me", { ...two, "x-api-key": key })).toBeNull();
  });

  test("a preflight is answered without a credential", async () =>
    expect((await ask("OPTIONS", "/api/auth/me"))?.status).toBe(204));

  test.each(["/dashboard", "/account", "/admin", "/admin/users", "/admin/users/usr_1", "/welcome"])(
    "the page %s sends people without a session to the sign-in, and back afterwards",
    async (path) => {
      const answer = await ask("GET", `${path}?q=a&b`);
      expect(answer?.status).toBe(307);
      expect(answer?.headers.get("location")).toBe(
        `http://localhost:3000/login?next=${encodeURIComponent(`${path}?q=a&b`)}`,
      );
      expect(await ask("GET", path, cookie)).toBeNull();
    },
  );

  test.each([
    "/",
    "/login",
    "/invite",
    "/reset",
    "/problems/auth.required",
    "/nothing/here",
    "/api/nothing",
    "/api/auth/session",
  ])("%s is let through: it is public, or nothing", async (path) =>
    expect(await ask("GET", path)).toBeNull(),
  );

  // Seen failing for each: with credentialOf answering `key` for every text the garbage is let through.
  test.each<[string, Record<string, string>]>([
    ["a key with a wrong checksum", { "x-api-key": `${key.slice(0, -1)}${key.endsWith("0") ? "1" : "0"}` }],
    ["another scheme", { authorization: "Basic YTpi" }],
    ["a text that is no token", { authorization: "Bearer x" }],
    ["a token whose header is not one of ours", { authorization: "Bearer e30.e30.e30" }],
    ["a blank credential", { authorization: "" }],
    ["percent signs", { authorization: "Bearer %zz" }],
    ["a token where keys belong", { "x-api-key": "e30.e30.e30" }],
  ])("%s is refused before anything is looked up", async (_what, headers) => {
    const answer = await ask("GET", "/api/auth/me", headers);
    expect(answer?.status).toBe(401);
    expect(answer?.headers.get("www-authenticate")).toBe('Bearer realm="adyton", error="invalid_token"');
    expect(await answer?.json()).toMatchObject({ code: "auth.invalid_token" });
  });
});

describe("strangers", () => {
  const from = (address: string, headers: Record<string, string> = {}) =>
    ask("GET", "/api/auth/me", { [peerHeader]: address, ...headers });
  const flood = async (address: string, headers: Record<string, string> = {}) => {
    for (let count = 0; count < 100; count += 1) expect((await from(address, headers))?.status).toBe(401);
  };

  // Seen failing without takeStranger in refuseFlood: the 101st is a 401 like the others.
  test("an address has 100 requests a minute without a good credential, and Retry-After is honest", async () => {
    await flood("192.0.2.1");
    const refused = await from("192.0.2.1");
    expect(refused?.status).toBe(429);
    expect(await refused?.json()).toMatchObject({
      code: "rate.limited",
      type: "https://iana.org/assignments/http-problem-types#quota-exceeded",
      "violated-policies": ["anonymous"],
    });
    expect(refused?.headers.get("ratelimit-policy")).toBe('"anonymous";q=100;w=60');
    const seconds = Number(refused?.headers.get("retry-after"));
    expect(seconds).toBeGreaterThan(55);
    expect((await from("192.0.2.2"))?.status).toBe(401);
    moveClock(seconds * 1000);
    expect((await from("192.0.2.1"))?.status).toBe(401);
  });

  test("garbage counts like nothing at all, and public addresses count too", async () => {
    await flood("192.0.2.3", { authorization: "Bearer garbage" });
    expect((await from("192.0.2.3"))?.status).toBe(429);
    expect((await ask("GET", "/login", { [peerHeader]: "192.0.2.3" }))?.status).toBe(429);
    expect((await ask("GET", "/api/nothing", { [peerHeader]: "192.0.2.3" }))?.status).toBe(429);
    for (const path of ["/api/health/live", "/v2/health/live", "/v2/health/ready"])
      expect(await ask("GET", path, { [peerHeader]: "192.0.2.3" })).toBeNull();
  });

  test("IPv6 is counted by /64, and an IPv4 address written as IPv6 is the same address", async () => {
    for (let count = 0; count < 100; count += 1) await from(`2001:db8::${count.toString(16)}`);
    expect((await from("2001:db8::ffff"))?.status).toBe(429);
    expect((await from("2001:db8:0:1::1"))?.status).toBe(401);
    await flood("192.0.2.4");
    expect((await from("::ffff:192.0.2.4"))?.status).toBe(429);
  });

  test("during a flood, what only looks good is not looked up, and who was verified here lately still comes in", async () => {
    const known = keyText("k".repeat(30));
    const verified = {
      actor: { kind: "session", sessionId: "ses_1", user: {} as never } as const,
      subjects: ["usr_1"],
      expiresAt: null,
      ranges: null,
    };
    rememberVerified(fingerprintOf({ kind: "key", text: known }), verified, countChanges());
    expect(await from("192.0.2.5", { "x-api-key": key })).toBeNull();
    await flood("192.0.2.5");
    expect((await from("192.0.2.5", { "x-api-key": key }))?.status).toBe(429);
    expect(await from("192.0.2.5", { "x-api-key": known })).toBeNull();
    moveClock(minuteMs + 1000);
    expect(await from("192.0.2.5", { "x-api-key": key })).toBeNull();
  });
});
