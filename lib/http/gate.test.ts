import { describe, expect, test } from "vitest";
import { routeAccess } from "./access-table";
import { gate } from "./gate";

const ask = (method: string, path: string, headers: Record<string, string> = {}) =>
  gate(new Request(`http://localhost:3000${path}`, { method, headers }));
const cookie = { cookie: "adyton.session=anything" };

describe("the gate", () => {
  test.each(Object.entries(routeAccess))(
    "%s needs a credential only when it is not public: %s",
    async (route, access) => {
      const [method = "", address = ""] = route.split(" ");
      const path = address.replaceAll(/\{\w+\}/g, "usr_1");
      const answer = ask(method, path);
      if (access === "anonymous") expect(answer).toBeNull();
      else {
        expect(answer?.status).toBe(401);
        expect(await answer?.json()).toMatchObject({ code: "auth.required" });
      }
      expect(ask(method, path, cookie)).toBeNull();
      expect(ask(method, path, { authorization: "Bearer x" })).toBeNull();
    },
  );

  test.each<[string, string, number, string | null]>([
    ["PUT", "/api/auth/me", 405, "GET, PATCH"],
    ["DELETE", "/api/v1/admin/users", 405, "GET, POST"],
    ["POST", "/api/health/live", 405, "GET"],
  ])("%s %s is a method that does not work there", (method, path, status, allow) => {
    const answer = ask(method, path, cookie);
    expect([answer?.status, answer?.headers.get("allow")]).toEqual([status, allow]);
  });

  test("HEAD is as free as GET", () => {
    expect(ask("HEAD", "/api/health/live")).toBeNull();
    expect(ask("HEAD", "/api/auth/me")?.status).toBe(401);
  });

  test("two different credentials are a 400", () => {
    expect(ask("GET", "/api/auth/me", { authorization: "Bearer a", "x-api-key": "b" })?.status).toBe(400);
    expect(ask("GET", "/api/auth/me", { authorization: "Bearer a", "x-api-key": "a" })).toBeNull();
  });

  test("a preflight is answered without a credential", () =>
    expect(ask("OPTIONS", "/api/auth/me")?.status).toBe(204));

  test.each(["/dashboard", "/account", "/admin", "/admin/users", "/admin/users/usr_1", "/welcome"])(
    "the page %s sends people without a session to the sign-in, and back afterwards",
    (path) => {
      const answer = ask("GET", `${path}?q=a&b`);
      expect(answer?.status).toBe(307);
      expect(answer?.headers.get("location")).toBe(
        `http://localhost:3000/login?next=${encodeURIComponent(`${path}?q=a&b`)}`,
      );
      expect(ask("GET", path, cookie)).toBeNull();
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
  ])("%s is let through: it is public, or nothing", (path) => expect(ask("GET", path)).toBeNull());
});
