import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { raiseAlert } from "@/lib/alerts/commands/raise-alert";
import { removeOldAlerts } from "@/lib/alerts/commands/remove-old-alerts";
import { raiseForKey } from "@/lib/alerts/commands/take-step";
import type { AlertChoicesView, AlertView } from "@/lib/alerts/schema";
import { dayMs } from "@/lib/core/time";
import { moveClock, now } from "@/lib/infra/clock";
import { db } from "@/lib/infra/db/client";
import { reportLeak } from "@/lib/keys/commands/report-leak";
import { rollKey } from "@/lib/keys/commands/roll-key";
import {
  anonymousFrom,
  makeAdmin,
  makeKey,
  makeUser,
  type SignedIn,
  signedIn,
} from "@/lib/testing/factories";
import { rememberSecret } from "@/lib/testing/leaks";
import { api, type Call, type Problem } from "@/lib/testing/request";

const list = "/api/v1/alerts";
type Page = { items: AlertView[]; next_cursor: string | null };

let owner: SignedIn;
let stranger: SignedIn;
let admin: SignedIn;
beforeAll(async () => {
  owner = await signedIn(await makeUser());
  stranger = await signedIn(await makeUser());
  admin = await signedIn(await makeAdmin());
});
beforeEach(() => db().alert.deleteMany());

let raised = 0;
async function raise(userId: string | null): Promise<string> {
  raised += 1;
  const key = `test ${raised}`;
  await raiseAlert({
    ...{ key, userId, kind: "errors.many", level: "warning" },
    facts: { model: "churn", calls: 40, failures: 10, own: userId !== null },
    object: { type: "model", id: "mdl_1" },
  });
  moveClock(1_000);
  return (await db().alert.findUniqueOrThrow({ where: { key } })).id;
}
const read = async (as: SignedIn, query = "") => (await api<Page>("GET", `${list}${query}`, { as })).body;
const idsOf = (page: Page) => page.items.map(({ id }) => id);

describe("GET /alerts", () => {
  test("one's own in words; administrators also see what is for all of them, and nobody else's", async () => {
    const [own, theirs, forAdmins] = [
      await raise(owner.user.id),
      await raise(stranger.user.id),
      await raise(null),
    ];
    expect((await read(owner)).items).toEqual([
      {
        id: own,
        kind: "errors.many",
        level: "warning",
        audience: "own",
        title: "Many of your calls of churn fail",
        detail: "10 of 40 calls failed in the last hour (25 %).",
        cure: expect.any(String),
        href: "/usage",
        ...{ step: null, can_undo: false, undone_at: null, seen_at: null },
        created_at: expect.any(String),
      },
    ]);
    expect(idsOf(await read(stranger))).toEqual([theirs]);
    expect((await read(admin)).items.map(({ id, audience }) => [id, audience])).toEqual([
      [forAdmins, "admins"],
    ]);
  });

  test("unseen first, each newest first, page by page without a gap", async () => {
    const ids: string[] = [];
    for (let index = 0; index < 6; index += 1) ids.push(await raise(owner.user.id));
    for (const id of [ids[1], ids[4], ids[5]]) await api("POST", `${list}/${id}/seen`, { as: owner });
    const expected = [3, 2, 0, 5, 4, 1].map((index) => ids[index]);
    for (const limit of [1, 2, 3, 4]) {
      const seen: string[] = [];
      let cursor: string | null = null;
      do {
        const page: Page = await read(owner, `?limit=${limit}${cursor ? `&cursor=${cursor}` : ""}`);
        seen.push(...idsOf(page));
        cursor = page.next_cursor;
      } while (cursor);
      expect(seen, `limit ${limit}`).toEqual(expected);
    }
    expect(idsOf(await read(owner, "?state=seen"))).toEqual(expected.slice(3));
    expect(idsOf(await read(owner, "?state=unseen"))).toEqual(expected.slice(0, 3));
    expect((await api("GET", `${list}?cursor=nonsense`, { as: owner })).status).toBe(422);
  });

  test("401 for nobody, 403 for a key", async () => {
    expect((await api("GET", list)).status).toBe(401);
    const { headers } = await makeKey(admin.user, { scopes: ["admin", "keys"] });
    expect((await api("GET", list, { headers })).status).toBe(403);
  });
});

test("404: somebody else's alert can neither be seen nor undone; administrators' not by members", async () => {
  const [own, forAdmins] = [await raise(owner.user.id), await raise(null)];
  const crossed: [SignedIn, string, string][] = [
    [stranger, own, "seen"],
    [stranger, own, "undo"],
    [admin, own, "seen"],
    [owner, forAdmins, "seen"],
    [owner, forAdmins, "undo"],
  ];
  for (const [as, id, what] of crossed) {
    const answer = await api("POST", `${list}/${id}/${what}`, { as });
    expect([answer.status, answer.body.code], what).toEqual([404, "alert.not_found"]);
  }
  expect((await api("POST", `${list}/${own}/undo`, { as: owner })).body.code).toBe("alert.nothing_to_undo");
});

test("choices: mail and every kind unless one says otherwise", async () => {
  const as = await signedIn(await makeUser());
  const choices = `${list}/choices`;
  const get = async () => (await api<AlertChoicesView>("GET", choices, { as })).body;
  expect(await get()).toEqual({ by_mail: true, muted: [], can_mail: false });
  const body = { by_mail: false, muted: ["model.slow", "quota.near", "model.slow"] };
  const put = await api<AlertChoicesView>("PUT", choices, { as, body });
  expect(put.body).toEqual({ by_mail: false, muted: ["quota.near", "model.slow"], can_mail: false });
  expect(await get()).toEqual(put.body);
  expect((await api("PUT", choices, { as, body: { by_mail: true, muted: ["nonsense"] } })).status).toBe(422);
});

test("alerts are kept for 180 days", async () => {
  const [old, young] = [await raise(owner.user.id), await raise(owner.user.id)];
  const createdAt = new Date(now().getTime() - 180 * dayMs - 1_000);
  await db().alert.update({ where: { id: old }, data: { createdAt } });
  await removeOldAlerts();
  expect((await db().alert.findMany()).map(({ id }) => id)).toEqual([young]);
});

describe("a step and its undoing", () => {
  async function keyWith(step: "slow" | "freeze") {
    const user = await makeUser({ planId: "owner" });
    const made = await makeKey(user, { on_unusual_use: step });
    raised += 1;
    const key = `step ${raised}`;
    await raiseForKey(
      { ...made.key, step },
      {
        ...{ key, userId: user.id, kind: "key.unusual", level: "danger" },
        facts: { key: made.key.name, reason: "place", place: "192.0.2.7" },
        object: { type: "key", id: made.key.id },
      },
    );
    const alert = await db().alert.findUniqueOrThrow({ where: { key } });
    return { ...made, alert: alert.id, as: await signedIn(user) };
  }
  const call = ({ headers }: Call) => api<Problem>("GET", "/api/v1/verify", headers ? { headers } : {});
  const undo = (id: string, as: SignedIn) => api<AlertView & Problem>("POST", `${list}/${id}/undo`, { as });

  test("slow: six calls a minute, then 429 with the standard type; one click lifts it at once", async () => {
    const { headers, alert, as, key } = await keyWith("slow");
    for (let index = 0; index < 6; index += 1) expect((await call({ headers })).status).toBe(200);
    const refused = await call({ headers });
    expect([refused.status, refused.body.code, refused.body.type]).toEqual([
      429,
      "key.unusual_use",
      "https://iana.org/assignments/http-problem-types#abnormal-usage-detected",
    ]);
    expect(refused.body).toMatchObject({ "violated-policies": ["key-unusual"] });
    expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
    const shown = await api<{ slowed_at: string }>("GET", `/api/v1/keys/${key.id}`, { as });
    expect(shown.body.slowed_at).not.toBeNull();

    const undone = await undo(alert, as);
    expect(undone.body).toMatchObject({ step: "slow", can_undo: false, undone_at: expect.any(String) });
    for (let index = 0; index < 10; index += 1) expect((await call({ headers })).status).toBe(200);
    const event = await db().auditEvent.findFirstOrThrow({
      where: { action: "key.released", objectId: key.id },
    });
    expect([event.actorId, JSON.parse(event.detail)]).toEqual([
      as.user.id,
      { user_id: as.user.id, alert, step: "slow" },
    ]);
    expect((await undo(alert, as)).body.code).toBe("alert.nothing_to_undo");
  });

  test("slow counts for what the key is rolled into, and so does undoing it", async () => {
    const { key, alert, as } = await keyWith("slow");
    const next = await rollKey(as.actor, key.id, 3_600);
    rememberSecret(next.secret);
    expect(next.key.slowedAt).not.toBeNull();
    await undo(alert, as);
    expect(await db().apiKey.count({ where: { poolId: key.poolId, slowedAt: { not: null } } })).toBe(0);
  });

  test("freeze: 401 until an administrator or the owner undoes it", async () => {
    const { headers, alert } = await keyWith("freeze");
    const refused = await call({ headers });
    expect([refused.status, refused.body.code]).toEqual([401, "key.frozen"]);
    expect((await undo(alert, stranger)).status).toBe(404);
    expect((await call({ headers })).status).toBe(401);
    expect((await undo(alert, admin)).status).toBe(200);
    expect((await call({ headers })).status).toBe(200);
  });

  test("undoing lifts that step and nothing else: a key reported as leaked meanwhile stays frozen", async () => {
    const { headers, secret, alert, as, key } = await keyWith("freeze");
    await reportLeak(anonymousFrom(), secret);
    expect((await undo(alert, as)).status).toBe(200);
    expect((await call({ headers })).body.code).toBe("key.frozen");
    expect(await db().apiKey.findUnique({ where: { id: key.id } })).toMatchObject({
      frozenReason: "Its secret was reported as leaked",
    });
  });

  test("a key that is slowed already gets no second step to hide behind the first", async () => {
    const { key, alert, as } = await keyWith("slow");
    await raiseForKey(
      { ...key, step: "slow" },
      {
        ...{ key: `another ${key.id}`, userId: as.user.id, kind: "key.unusual", level: "danger" },
        facts: { key: key.name, reason: "rate", calls: 500, usual: 1 },
        object: { type: "key", id: key.id },
      },
    );
    expect((await read(as)).items.map(({ can_undo }) => can_undo).toSorted()).toEqual([false, true]);
    await undo(alert, as);
    expect(await db().apiKey.findUnique({ where: { id: key.id } })).toMatchObject({ slowedAt: null });
  });
});

test("keys: on_unusual_use is set, shown and changed; a key cannot make one that is watched less than itself", async () => {
  const keys = "/api/v1/keys";
  const body = { name: "CI", scopes: ["keys", "predict"], on_unusual_use: "slow" };
  type Made = { key: { id: string; on_unusual_use: string }; secret: string };
  const { body: made } = await api<Made>("POST", keys, { as: owner, body });
  rememberSecret(made.secret);
  expect(made.key.on_unusual_use).toBe("slow");
  const headers = { "x-api-key": made.secret };
  const patch = (to: string, call: Call) =>
    api<Made["key"] & Problem>("PATCH", `${keys}/${made.key.id}`, { ...call, body: { on_unusual_use: to } });
  expect(await patch("notify", { headers })).toMatchObject({
    status: 403,
    body: { errors: [{ pointer: "/on_unusual_use" }] },
  });
  expect((await api("POST", keys, { headers, body: { ...body, on_unusual_use: "notify" } })).status).toBe(
    403,
  );
  expect((await patch("freeze", { as: owner })).body.on_unusual_use).toBe("freeze");
  expect((await patch("nonsense", { as: owner })).status).toBe(422);
});
