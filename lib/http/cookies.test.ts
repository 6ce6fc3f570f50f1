import { afterEach, expect, test } from "vitest";
import { takeSingleton } from "../infra/singleton";
import { cookieOptions, readCookie, serializeCookie, sessionCookie } from "./cookies";

afterEach(() => {
  delete process.env.BASE_URL;
  takeSingleton("env");
});

test("under https the cookie is __Host-, Secure, HttpOnly and SameSite=Lax", () => {
  process.env.BASE_URL = "https://models.example.org";
  takeSingleton("env");
  expect(sessionCookie()).toBe("__Host-adyton.session");
  expect(cookieOptions()).toEqual({ httpOnly: true, sameSite: "lax", path: "/", secure: true });
  expect(serializeCookie(sessionCookie(), "x", 9)).toBe(
    "__Host-adyton.session=x; Path=/; HttpOnly; SameSite=Lax; Max-Age=9; Secure",
  );
});

test("on plain http a browser would drop __Host- and Secure, so neither is there", () => {
  expect(sessionCookie()).toBe("adyton.session");
  expect(serializeCookie(sessionCookie(), "x", 9)).not.toContain("Secure");
});

test.each<[string, string | undefined]>([
  ["adyton.session=abc", "abc"],
  ["a=b; adyton.session=abc; c=d", "abc"],
  ["a=b;adyton.session=abc", "abc"],
  ["adyton.session=a=b==", "a=b=="],
  ["adyton.session=", undefined],
  ["adyton.session", undefined],
  ["xadyton.session=abc", undefined],
  ["adyton.session.0=abc", undefined],
  ["Adyton.Session=abc", undefined],
  ["", undefined],
  [";;;=;", undefined],
])("the cookie header %j holds %s", (header, expected) => {
  expect(readCookie(new Headers({ cookie: header }), "adyton.session")).toBe(expected);
});
