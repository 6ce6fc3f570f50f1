import { expect, test } from "vitest";
import { type Actor, isAdmin, requireAdmin, systemActor } from "./actor";

const origin = { requestId: "req_1", address: "192.0.2.1", userAgent: "" };
const session = (role: string): Actor => ({
  kind: "session",
  origin,
  sessionId: "ses_1",
  user: { id: "usr_1", email: "a@x.org", name: "A", role, planId: "free" },
});

test.each<[string, Actor, boolean]>([
  ["the install itself", systemActor("create-admin"), true],
  ["an admin", session("admin"), true],
  ["a member", session("member"), false],
  ["a role of another spelling", session("Admin"), false],
  ["a role of another time", session("superadmin"), false],
  ["nobody", { kind: "anonymous", origin }, false],
])("%s administers: %#", (_name, actor, expected) => {
  expect(isAdmin(actor)).toBe(expected);
  if (expected) expect(() => requireAdmin(actor)).not.toThrow();
  else expect(() => requireAdmin(actor)).toThrow(expect.objectContaining({ code: "auth.forbidden" }));
});
