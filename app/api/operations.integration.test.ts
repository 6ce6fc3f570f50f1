import { afterEach, describe, expect, test } from "vitest";
import * as unknown from "@/app/api/[...unknown]/route";
import { routeAccess } from "@/lib/http/access-table";
import { markDraining } from "@/lib/http/host";
import { closeDatabase, db } from "@/lib/infra/db/client";
import { takeSingleton } from "@/lib/infra/singleton";
import { dropAuditTriggers } from "@/lib/testing/audit-table";
import { makeAdmin, signedIn } from "@/lib/testing/factories";
import { api, callHandler } from "@/lib/testing/request";

type Ready = { status: string; checks: { name: string; status: string }[] };

afterEach(() => void takeSingleton("host"));

describe("health", () => {
  test("live is 200 whatever else is wrong", async () => {
    expect(await api("GET", "/api/health/live")).toMatchObject({ status: 200, body: { status: "ok" } });
  });

  test("ready is 200 with a row per part, and 503 with the same body while the process stops", async () => {
    expect(await api<Ready>("GET", "/api/health/ready")).toMatchObject({
      status: 200,
      body: { status: "ok" },
    });
    markDraining();
    const answer = await api<Ready>("GET", "/api/health/ready");
    expect(answer.status).toBe(503);
    expect(answer.body.checks).toContainEqual({ name: "process", status: "unavailable" });
    expect(answer.body.checks).toContainEqual({ name: "database", status: "ok" });
  });

  test("ready is 503 while the database does not answer as ours, and recovers by itself", async () => {
    await db().$executeRaw`ALTER TABLE audit_head RENAME TO audit_head_away`;
    const answer = await api<Ready>("GET", "/api/health/ready");
    await db().$executeRaw`ALTER TABLE audit_head_away RENAME TO audit_head`;
    expect(answer.status).toBe(503);
    expect(answer.body.checks).toContainEqual({ name: "database", status: "unavailable" });
    expect((await api("GET", "/api/health/ready")).status).toBe(200);
  });
});

test("the document at /api/openapi.json lists every route", async () => {
  const { status, body } = await api<{ paths: Record<string, object> }>("GET", "/api/openapi.json");
  expect(status).toBe(200);
  const listed = Object.entries(body.paths).flatMap(([path, item]) =>
    Object.keys(item).map((method) => `${method.toUpperCase()} ${path}`),
  );
  expect(listed.sort()).toEqual(Object.keys(routeAccess).sort());
});

test("a mistyped address is a 404 problem for programs, in every method", async () => {
  for (const [method, handler] of Object.entries(unknown)) {
    const answer = await callHandler(handler, method, "/api/v1/admin/usres");
    expect(answer).toMatchObject({
      status: 404,
      body: { code: "route.not_found", instance: "/api/v1/admin/usres" },
    });
    expect(answer.headers.get("content-type")).toBe("application/problem+json");
  }
});

describe("the audit routes", () => {
  type Page = { items: { position: number; action: string }[]; next_cursor: string | null };
  test("list, verify, export and the record of the export", async () => {
    const as = await signedIn(await makeAdmin());
    await api("PATCH", "/api/auth/me", { as, body: { name: "Another Name" } });
    const page = await api<Page>("GET", "/api/v1/admin/audit?limit=1", { as });
    expect(page).toMatchObject({ status: 200, body: { items: [{ action: "user.updated" }] } });
    const exported = await api("GET", "/api/v1/admin/audit/export", { as });
    expect(exported.headers.get("content-type")).toBe("application/x-ndjson");
    expect(exported.headers.get("content-disposition")).toContain("attachment");
    expect(exported.text.trimEnd().split("\n").at(-1)).toContain("audit.exported");
    const verified = await api<{ is_intact: boolean }>("POST", "/api/v1/admin/audit/verify", { as });
    expect(verified).toMatchObject({ status: 200, body: { is_intact: true, broken_at: null, reason: null } });
  });

  test.each(["limit=0", "cursor=garbage", "action=user.exploded", "from=yesterday", "unknown=1"])(
    "422: ?%s",
    async (query) => {
      expect(
        (await api("GET", `/api/v1/admin/audit?${query}`, { as: await signedIn(await makeAdmin()) })).status,
      ).toBe(422);
    },
  );

  test("verify says where the chain is broken", async () => {
    const as = await signedIn(await makeAdmin());
    await api("PATCH", "/api/auth/me", { as, body: { name: "Yet Another" } });
    await dropAuditTriggers();
    await db().$executeRaw`UPDATE audit_events SET object_label = 'x' WHERE position = 1`;
    const { body } = await api<{ broken_at: number }>("POST", "/api/v1/admin/audit/verify", { as });
    expect(body).toMatchObject({ is_intact: false, broken_at: 1, verified_up_to: 0 });
  });
});

test("plans are listed", async () => {
  const { body } = await api<{ items: { id: string }[] }>("GET", "/api/v1/admin/plans", {
    as: await signedIn(await makeAdmin()),
  });
  expect(body.items.map(({ id }) => id)).toEqual(["free", "owner", "paid"]);
});

test("when the database is away, a route answers 503 with Retry-After and says nothing internal", async () => {
  const as = await signedIn(await makeAdmin());
  await closeDatabase();
  const settings = { ...process.env };
  process.env.DATABASE_URL = "postgresql://adyton:hunter2-hunter2@127.0.0.1:1/away";
  takeSingleton("env");
  const answer = await api("GET", "/api/v1/admin/users", { as });
  await closeDatabase();
  if (settings.DATABASE_URL === undefined) delete process.env.DATABASE_URL;
  else process.env.DATABASE_URL = settings.DATABASE_URL;
  takeSingleton("env");
  takeSingleton("settings");
  expect(answer).toMatchObject({ status: 503, body: { code: "service.unavailable" } });
  expect(answer.headers.get("retry-after")).toBe("5");
  expect(answer.text).not.toMatch(/hunter2|127\.0|prisma|postgres/i);
  expect((await api("GET", "/api/v1/admin/users", { as })).status).toBe(200);
});
