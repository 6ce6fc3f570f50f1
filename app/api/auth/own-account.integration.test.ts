import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import type { z } from "zod";
import type { meSchema } from "@/lib/http/me";
import { db } from "@/lib/infra/db/client";
import { makeAdmin, makeUser, signedIn } from "@/lib/testing/factories";
import { rememberSecret } from "@/lib/testing/leaks";
import { api } from "@/lib/testing/request";
import { testPassword } from "@/lib/testing/test-password";

type Sessions = { items: { id: string; is_current: boolean }[]; next_cursor: null };

describe("GET and PATCH /me", () => {
  test("200: who I am, without anything secret", async () => {
    const as = await signedIn(await makeUser());
    const answer = await api<z.infer<typeof meSchema>>("GET", "/api/auth/me", { as });
    expect(answer.status).toBe(200);
    expect(answer.body.user).toMatchObject({ id: as.user.id, email: as.user.email, role: "member" });
    expect(answer.body.session).toMatchObject({ id: as.sessionId });
    expect(answer.text).not.toMatch(/hash|\$2/i);
  });

  test("200: my name, and nothing else, can be changed by me", async () => {
    const as = await signedIn(await makeUser());
    const answer = await api<z.infer<typeof meSchema>>("PATCH", "/api/auth/me", {
      as,
      body: { name: "New Name" },
    });
    expect([answer.status, answer.body.user.name]).toEqual([200, "New Name"]);
    for (const body of [
      { role: "admin" },
      { name: "A", role: "admin" },
      { email: "x@y.org" },
      { plan: "owner" },
      {},
      { name: "" },
    ])
      expect((await api("PATCH", "/api/auth/me", { as, body })).status).toBe(422);
    expect(await db().user.findUnique({ where: { id: as.user.id } })).toMatchObject({
      role: "member",
      planId: "free",
      name: "New Name",
    });
  });
});

const naughtyFile = path.resolve("../shared/data/blns.json");
const hasNaughty = existsSync(naughtyFile);
if (!hasNaughty) console.warn(`SKIPPED: ${naughtyFile} is absent, the naughty strings were not tried.`);

describe.skipIf(!hasNaughty)("the big list of naughty strings", () => {
  const naughty: string[] = hasNaughty ? JSON.parse(readFileSync(naughtyFile, "utf8")) : [];

  test("each as a name is stored and answered as it is, or refused with a 422", async () => {
    const as = await signedIn(await makeUser());
    let accepted = 0;
    for (const name of naughty) {
      const answer = await api<z.infer<typeof meSchema>>("PATCH", "/api/auth/me", { as, body: { name } });
      expect([200, 422], JSON.stringify(name)).toContain(answer.status);
      if (answer.status !== 200) continue;
      accepted += 1;
      expect(answer.body.user.name).toBe(name);
      expect((await api<z.infer<typeof meSchema>>("GET", "/api/auth/me", { as })).body.user.name).toBe(name);
    }
    expect(accepted).toBeGreaterThan(300);
  });

  test("each as a search, an address, a password and a token is an answer or a 4xx, never a failure", async () => {
    const as = await signedIn(await makeAdmin());
    for (const text of naughty) {
      const answers = await Promise.all([
        api("GET", `/api/v1/admin/users?q=${encodeURIComponent(text.toWellFormed())}`, { as }),
        api("GET", `/api/v1/admin/audit?actor=${encodeURIComponent(text.toWellFormed())}`, { as }),
        api("POST", "/api/v1/admin/users", { as, body: { email: text, name: "Ana" } }),
        api("POST", "/api/auth/link/inspect", { body: { purpose: "invitation", token: text } }),
      ]);
      for (const { status } of answers) expect(status, JSON.stringify(text)).toBeLessThan(500);
    }
  }, 60_000);
});

describe("my sessions", () => {
  test("200: mine only, with the current one marked", async () => {
    const user = await makeUser();
    const [here, there] = [await signedIn(user), await signedIn(user)];
    await signedIn(await makeUser());
    const { body } = await api<Sessions>("GET", "/api/auth/sessions", { as: here });
    expect(new Set(body.items.map(({ id }) => id))).toEqual(new Set([here.sessionId, there.sessionId]));
    expect(body.items.filter(({ is_current }) => is_current).map(({ id }) => id)).toEqual([here.sessionId]);
  });

  test("204 for mine, 404 for ended, unknown and other people's, 204 for an admin", async () => {
    const user = await makeUser();
    const [here, there] = [await signedIn(user), await signedIn(user)];
    const other = await signedIn(await makeUser());
    const end = async (id: string, as = here) =>
      (await api("DELETE", `/api/auth/sessions/${id}`, { as })).status;
    expect([await end(there.sessionId), await end(there.sessionId)]).toEqual([204, 404]);
    expect([await end(other.sessionId), await end("ses_unknown")]).toEqual([404, 404]);
    expect(await end(other.sessionId, await signedIn(await makeAdmin()))).toBe(204);
    expect((await api("GET", "/api/auth/me", { as: other })).status).toBe(401);
    expect([await end(here.sessionId), await end(here.sessionId)]).toEqual([204, 401]);
  });
});

describe("POST /password/change", () => {
  const next = "violet Kettle 9 on the roof";
  rememberSecret(next);
  const change = async (as: { cookie: string }, body: unknown) => {
    const answer = await api("POST", "/api/auth/password/change", { as, body });
    return [answer.status, answer.body?.code, answer.body?.errors?.[0]?.pointer];
  };

  test("204, 403 for a wrong current one, 422 for a weak or missing new one", async () => {
    const as = await signedIn(await makeUser());
    expect(await change(as, { current_password: "wrong", new_password: next })).toEqual([
      403,
      "auth.wrong_password",
      "/current_password",
    ]);
    expect(await change(as, { current_password: testPassword, new_password: "Password1" })).toEqual([
      422,
      "password.too_weak",
      "/new_password",
    ]);
    expect(await change(as, { current_password: testPassword, new_password: "short" })).toEqual([
      422,
      "request.invalid",
      "/new_password",
    ]);
    expect(await change(as, { current_password: testPassword })).toEqual([
      422,
      "request.invalid",
      "/new_password",
    ]);
    expect(await change(as, { current_password: testPassword, new_password: next })).toEqual([
      204,
      undefined,
      undefined,
    ]);
  });

  test("429 after five wrong ones, with Retry-After", async () => {
    const as = await signedIn(await makeUser());
    for (let count = 0; count < 5; count += 1)
      await change(as, { current_password: "wrong", new_password: next });
    const answer = await api("POST", "/api/auth/password/change", {
      as,
      body: { current_password: testPassword, new_password: next },
    });
    expect(answer).toMatchObject({ status: 429, body: { code: "auth.too_many_attempts" } });
    expect(Number(answer.headers.get("retry-after"))).toBeGreaterThan(800);
  });
});
