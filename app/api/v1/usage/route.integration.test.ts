import { parse } from "csv-parse/sync";
import { beforeAll, describe, expect, test } from "vitest";
import type { z } from "zod";
import { dayMs } from "@/lib/core/time";
import { now } from "@/lib/infra/clock";
import { db } from "@/lib/infra/db/client";
import { makeAdmin, makeKey, type SignedIn, signedIn } from "@/lib/testing/factories";
import { api, type Problem } from "@/lib/testing/request";
import { type Filled, fillUsage } from "@/lib/testing/usage";
import { monthOf } from "@/lib/usage/domain";
import type { callPageView, StatementView, UsageView } from "@/lib/usage/schema";

type Calls = z.infer<typeof callPageView>;
type Event = Record<string, unknown> & { data: Record<string, unknown> };

const calls = "/api/v1/usage/calls";
const allCalls = "/api/v1/admin/usage/calls";
const asCsv = { accept: "text/csv" };
const asEvents = { accept: "application/cloudevents-batch+json" };
const month = monthOf(now().getTime());

let admin: SignedIn;
let own: SignedIn;
let filled: Filled;
let stored: { id: string; subject: number; at: bigint; code: string | null }[];
let ownIds: string[];

beforeAll(async () => {
  admin = await signedIn(await makeAdmin());
  // More than one piece of a download for everyone, less for one person.
  filled = await fillUsage({ calls: 2_300, users: 3, keys: 4, models: 2, days: 40 });
  own = await signedIn(await db().user.findUniqueOrThrow({ where: { id: filled.users[1] ?? "" } }));
  stored = await db().usageCall.findMany({ orderBy: { position: "asc" } });
  const subjects = await db().usageSubject.findMany({ where: { userId: own.user.id } });
  const numbers = new Set(subjects.map(({ number }) => number));
  ownIds = stored.filter(({ subject }) => numbers.has(subject)).map(({ id }) => `prd_${id}`);
});

const csvOf = (text: string) => parse<Record<string, string>>(text, { columns: true });

async function walk(path: string, as: SignedIn): Promise<string[]> {
  const ids: string[] = [];
  for (let cursor: string | null = ""; cursor !== null; ) {
    const { status, body }: { status: number; body: Calls } = await api<Calls>(
      "GET",
      `${path}limit=100${cursor ? `&cursor=${cursor}` : ""}`,
      { as },
    );
    expect(status).toBe(200);
    ids.push(...body.items.map(({ id }) => id));
    cursor = body.next_cursor;
  }
  return ids;
}

describe("GET /usage/calls", () => {
  test("page after page every call of one's own, newest first, and nobody else's", async () => {
    expect(await walk(`${calls}?`, own)).toEqual(ownIds.toReversed());
  });

  test("filters by outcome, model and key; what is somebody else's is empty", async () => {
    const failed = new Set(stored.filter(({ code }) => code !== null).map(({ id }) => `prd_${id}`));
    const ownFailed = ownIds.filter((id) => failed.has(id));
    expect(await walk(`${calls}?outcome=failed&`, own)).toEqual(ownFailed.toReversed());
    const [first] = filled.models;
    const named = await api<Calls>("GET", `${calls}?model=${first?.name}`, { as: own });
    expect(named.body.items.every(({ model }) => model === first?.name)).toBe(true);
    expect(named.body.items.length).toBeGreaterThan(0);
    const foreign = await db().apiKey.findFirstOrThrow({ where: { userId: { not: own.user.id } } });
    expect((await api<Calls>("GET", `${calls}?key=${foreign.id}`, { as: own })).body.items).toEqual([]);
    expect((await api<Calls>("GET", `${calls}?model=no-such-model`, { as: own })).body.items).toEqual([]);
    const withUser = await api<Problem>("GET", `${calls}?user=${foreign.userId}`, { as: own });
    expect(withUser.status).toBe(422);
  });

  test("as CSV all of them, oldest first, and each value as the list has it", async () => {
    const { status, headers, text } = await api("GET", calls, { as: own, headers: asCsv });
    expect([status, headers.get("content-type")]).toEqual([200, "text/csv; charset=utf-8"]);
    const rows = csvOf(text);
    expect(rows.map(({ id }) => id)).toEqual(ownIds);
    const { body } = await api<Calls>("GET", `${calls}?limit=1`, { as: own });
    const [newest] = body.items;
    const asTexts = Object.entries(newest ?? {}).map(([name, value]) => [name, String(value ?? "")]);
    expect(rows.at(-1)).toEqual(Object.fromEntries(asTexts));
  });

  test("a download that broke off goes on after its last line", async () => {
    const { text } = await api("GET", allCalls, { as: admin, headers: asCsv });
    const all = csvOf(text);
    expect(all.map(({ id }) => id)).toEqual(stored.map(({ id }) => `prd_${id}`));
    const last = all[1_499];
    const rest = await api("GET", `${allCalls}?after=${last?.at},${last?.id}`, { as: admin, headers: asCsv });
    expect(csvOf(rest.text)).toEqual(all.slice(1_500));
    expect((await api("GET", `${calls}?after=nothing`, { as: own, headers: asCsv })).status).toBe(422);
    expect((await api("GET", `${calls}?after=${last?.at},${last?.id}`, { as: own })).status).toBe(422);
  });

  test("as CloudEvents 1.0: every required attribute, once for each call", async () => {
    const { headers, text } = await api("GET", calls, { as: own, headers: asEvents });
    expect(headers.get("content-type")).toMatch(/^application\/cloudevents-batch\+json/);
    const events = JSON.parse(text) as Event[];
    expect(events.map(({ id }) => id)).toEqual(ownIds);
    for (const event of events) {
      expect(event).toMatchObject({ specversion: "1.0", type: "prediction", subject: own.user.id });
      expect(event.source).toBe(`/models/${event.data.model}`);
      expect(new Date(String(event.time)).toISOString()).toBe(event.time);
    }
    const nobody = await signedIn(await makeAdmin());
    expect((await api("GET", calls, { as: nobody, headers: asEvents })).text).toBe("[]");
  });

  test("shows nothing that is older than calls are kept", async () => {
    const { headers } = await makeKey(admin.user, { scopes: ["admin"] });
    await api("PATCH", "/api/v1/admin/settings", { headers, body: { calls_kept_days: 10 } });
    const oldest = Math.floor(now().getTime() / dayMs) * dayMs - 10 * dayMs;
    const kept = stored.filter(({ at }) => Number(at) >= oldest).map(({ id }) => `prd_${id}`);
    expect((await walk(`${allCalls}?`, admin)).toReversed()).toEqual(kept);
    await api("PATCH", "/api/v1/admin/settings", { headers, body: { calls_kept_days: 90 } });
  });
});

describe("GET /usage", () => {
  test("as CSV its rows, with names that no spreadsheet runs", async () => {
    const key = await db().apiKey.findFirstOrThrow({ where: { userId: own.user.id } });
    await db().apiKey.update({ where: { id: key.id }, data: { name: '=HYPERLINK("http://evil")' } });
    const { text } = await api("GET", "/api/v1/usage?group_by=key", { as: own, headers: asCsv });
    const { body } = await api<UsageView>("GET", "/api/v1/usage?group_by=key", { as: own });
    const rows = csvOf(text);
    expect(rows.map(({ group, calls }) => [group, Number(calls)])).toEqual(
      body.items.map(({ group, calls }) => [group, calls]),
    );
    expect(rows.find(({ group }) => group === key.id)?.label).toBe(`'=HYPERLINK("http://evil")`);
  });

  test("a key with the scope sees all numbers of its owner", async () => {
    const { headers } = await makeKey(own.user, { scopes: ["usage:read"] });
    const byKey = await api<UsageView>("GET", "/api/v1/usage", { headers });
    const byOwner = await api<UsageView>("GET", "/api/v1/usage", { as: own });
    expect(byKey.body).toEqual(byOwner.body);
    const without = await makeKey(own.user, { scopes: ["predict"] });
    expect((await api("GET", "/api/v1/usage", { headers: without.headers })).status).toBe(403);
  });
});

describe("GET /usage/statements/{month}", () => {
  const ask = <T>(as: SignedIn, of: string) => api<T>("GET", `/api/v1/usage/statements/${of}`, { as });

  test("its lines add up to its total, and that is what the account was charged", async () => {
    const { body } = await ask<StatementView>(own, month);
    const account = await db().usageAccount.findUniqueOrThrow({
      where: { userId_month: { userId: own.user.id, month } },
    });
    const sum = (column: "calls" | "units" | "cost") =>
      body.lines.reduce((total, line) => total + line[column], 0);
    expect(body.total.units).toBe(Number(account.unitsUsed));
    expect(body.total.cost).toBeCloseTo(Number(account.costUsed) / 1e9, 9);
    expect([sum("calls"), sum("units")]).toEqual([body.total.calls, body.total.units]);
    expect(sum("cost")).toBeCloseTo(body.total.cost, 9);
    expect(body).toMatchObject({ month, is_open: true, user: { id: own.user.id } });
    const asAdmin = await api("GET", `/api/v1/admin/users/${own.user.id}/statements/${month}`, { as: admin });
    expect(asAdmin.body).toEqual(body);
  });

  test("422 for what is no month, or one that has not begun", async () => {
    for (const month of ["2026-13", "2026-1", "0001-01", "9999-12", "nothing"])
      expect((await ask<Problem>(own, month)).status, month).toBe(422);
  });
});
