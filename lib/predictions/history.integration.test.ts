import { beforeAll, describe, expect, test } from "vitest";
import type { UserActor } from "../core/actor";
import { AppError } from "../core/errors";
import { newId } from "../core/ids";
import { dayMs, minuteMs } from "../core/time";
import { moveClock, now } from "../infra/clock";
import { db } from "../infra/db/client";
import { digest } from "../infra/secrets";
import { rollKey } from "../keys/commands/roll-key";
import { keyActorOf, makeAdmin, makeKey, makeUser, signedIn, signedInProgram } from "../testing/factories";
import { bodyLengthMax } from "./domain";
import { getPrediction, listPredictions } from "./queries";
import {
  deleteExpiredPredictions,
  type Ending,
  flushPredictions,
  type RecordedCall,
  recordPrediction,
} from "./recorder";
import { type PredictionQuery, predictionQuery } from "./schema";
import { predictionView } from "./view";

type EndedCall = RecordedCall & Ending;
type History = RecordedCall["model"]["history"];

/** A row for a model that nobody calls here. */
async function makeModelRow(history: History = { kind: "kept", days: 30 }, id = newId("mdl")) {
  const times = { createdAt: now(), updatedAt: now() };
  const row = await db().model.create({
    data: { id, name: id.toLowerCase(), title: "A model", description: "", stable: 1, ...times },
  });
  return { id, name: row.name, history };
}
type Model = Awaited<ReturnType<typeof makeModelRow>>;

const call = (actor: UserActor, model: Model, given: Partial<EndedCall> = {}): EndedCall => ({
  id: newId("prd"),
  actor,
  model,
  version: { number: 3 },
  rows: 1,
  createdAt: now(),
  status: "succeeded",
  code: null,
  input: { age: 41, city: "Lyon" },
  output: { label: "churn", probability: 0.83 },
  queueMs: 0.25,
  predictMs: 1.5,
  ...given,
});
function record(...given: Parameters<typeof call>): string {
  const ended = call(...given);
  recordPrediction(ended, ended);
  return ended.id;
}

const query = (given: Partial<PredictionQuery> = {}) => predictionQuery.parse(given);
const idsOf = async (actor: UserActor, given: Partial<PredictionQuery> = {}) =>
  (await listPredictions(actor, query(given))).items.map(({ id }) => id);
const view = async (actor: UserActor, id: string) => predictionView(await getPrediction(actor, id));
const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => "found",
    (error: unknown) => (error instanceof AppError ? error.code : Promise.reject(error)),
  );
const newActor = async () => (await signedIn(await makeUser())).actor;

let actor: UserActor;
let model: Model;
beforeAll(async () => {
  actor = await newActor();
  model = await makeModelRow();
});

describe("what is kept", () => {
  test("everything, where bodies are kept; and one sees one's own call at once", async () => {
    const createdAt = now();
    const id = record(actor, model, { createdAt });
    expect(await view(actor, id)).toEqual({
      id,
      model: model.name,
      version: 3,
      status: "succeeded",
      code: null,
      rows: 1,
      key_id: null,
      request_id: actor.origin.requestId,
      input: { age: 41, city: "Lyon" },
      output: { label: "churn", probability: 0.83 },
      input_hash: null,
      output_hash: null,
      metrics: { predict_ms: 1.5, queue_ms: 0.25 },
      created_at: createdAt.toISOString(),
      expires_at: new Date(createdAt.getTime() + 30 * dayMs).toISOString(),
    });
    expect(await idsOf(actor)).toContain(id);
  });

  test("of a failed call the code, and no output", async () => {
    const id = record(actor, model, { status: "failed", code: "model.timed_out", output: null });
    expect(await view(actor, id)).toMatchObject({ status: "failed", code: "model.timed_out", output: null });
  });

  // Seen failing: with `isKept` always true in recordPrediction.
  test("fingerprints alone, where these are asked for: of no use without the install's secret", async () => {
    const hashed = await makeModelRow({ kind: "hashed", days: 1 });
    const input = { name: "Ada Lovelace" };
    const id = record(actor, hashed, { input, output: null });
    const row = await db().prediction.findFirst({ where: { id: (await getPrediction(actor, id)).id } });
    expect(JSON.stringify(row)).not.toContain("Lovelace");
    expect(row).toMatchObject({
      input: null,
      output: null,
      inputHash: digest("prediction", JSON.stringify(input)),
      outputHash: null,
    });
    const again = record(actor, hashed, { input });
    expect((await view(actor, again)).input_hash).toBe(row?.inputHash);
  });

  // Seen failing: without the first line of recordPrediction.
  test("no row at all, where nothing is kept", async () => {
    const secretive = await makeModelRow({ kind: "never", days: 1 });
    const id = record(actor, secretive);
    await flushPredictions();
    expect(await db().prediction.count({ where: { modelId: secretive.id } })).toBe(0);
    expect(await codeOf(getPrediction(actor, id))).toBe("prediction.not_found");
  });

  test("of a body beyond the bound its fingerprint", async () => {
    const [small, large] = [bodyLengthMax - 2, bodyLengthMax - 1].map((length) => "x".repeat(length));
    const id = record(actor, model, { input: small, output: large });
    const { input, input_hash, output, output_hash } = await view(actor, id);
    expect(input).toBe(small);
    expect(input_hash).toBeNull();
    expect(output).toBeNull();
    expect(output_hash).toBe(digest("prediction", JSON.stringify(large)));
  });

  test("text that databases find hard comes back as it was", async () => {
    const input = { a: "\0 \u2028 \ud800 😀 ' \" \\ \\u0000", "é\0": [null, 1e-7, -0.1] };
    const id = record(actor, model, { input });
    expect((await view(actor, id)).input).toEqual(input);
  });
});

describe("whose calls one sees", () => {
  // Seen failing, each: without the user in canSeePrediction and in ownOf, without the key in both.
  test("one's own; a key only those made with it, not even those of the key that replaced it", async () => {
    const user = await makeUser();
    const person = (await signedIn(user)).actor;
    const program = (await signedInProgram(user)).actor;
    const key = await makeKey(user);
    const other = await makeKey(user);
    const rolled = await rollKey(person, key.key.id, 86_400);
    const successor = keyActorOf(user, rolled.key);
    const [byPerson, byKey, bySuccessor] = [person, key.actor, successor].map((each) => record(each, model));

    const all = [byPerson, byKey, bySuccessor];
    const seenBy = async (viewer: UserActor) => {
      const listed = await idsOf(viewer);
      const read = await Promise.all(all.map((id) => codeOf(getPrediction(viewer, id ?? ""))));
      // The list and the single one never differ.
      expect(all.map((id) => (listed.includes(id ?? "") ? "found" : "prediction.not_found"))).toEqual(read);
      return all.filter((id) => listed.includes(id ?? ""));
    };
    expect(await seenBy(person)).toEqual(all);
    expect(await seenBy(program)).toEqual(all);
    expect(await seenBy(key.actor)).toEqual([byKey]);
    expect(await seenBy(successor)).toEqual([bySuccessor]);
    expect(await seenBy(other.actor)).toEqual([]);
    expect(await seenBy(await newActor())).toEqual([]);
    expect(await seenBy((await signedIn(await makeAdmin())).actor)).toEqual([]);
    expect(await idsOf(key.actor, { key: bySuccessor ? successor.key.id : "" })).toEqual([]);
  });

  // Seen failing, each: without `unexpired` in listPredictions, and in getPrediction.
  test("nothing older than was promised, whether it has been deleted yet or not", async () => {
    const own = await newActor();
    const short = await makeModelRow({ kind: "kept", days: 1 });
    const [old, young] = [record(own, short), record(own, model)];
    expect(await idsOf(own)).toHaveLength(2);
    moveClock(dayMs);
    expect(await idsOf(own)).toEqual([young]);
    expect(await codeOf(getPrediction(own, old))).toBe("prediction.not_found");
    await deleteExpiredPredictions();
    expect(await db().prediction.count({ where: { id: old } })).toBe(0);
    expect(await db().prediction.count({ where: { id: young } })).toBe(1);
  });
});

describe("lists", () => {
  test("newest first, page by page, also where many were made in one moment", async () => {
    const own = await newActor();
    const moments = [0, 1, 1, 1, 1, 2, 3].map((minutes) => new Date(Date.now() - minutes * minuteMs));
    const made = moments.map((createdAt) => ({ createdAt, id: record(own, model, { createdAt }) }));
    const expected = made
      .toSorted((a, b) => Number(b.createdAt) - Number(a.createdAt) || (a.id < b.id ? 1 : -1))
      .map(({ id }) => id);
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await listPredictions(own, query({ limit: 2, ...(cursor ? { cursor } : {}) }));
      seen.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor ?? undefined;
    } while (cursor);
    expect(seen).toEqual(expected);
  });

  test("by model, status, key and time", async () => {
    const user = await makeUser();
    const own = (await signedIn(user)).actor;
    const key = await makeKey(user);
    const second = await makeModelRow();
    const at = (time: string) => ({ createdAt: new Date(time) });
    const [a, b, c] = [
      record(own, model, at("2026-11-01T00:00:00Z")),
      record(own, second, { ...at("2026-11-02T00:00:00Z"), status: "failed", code: "model.failed" }),
      record(key.actor, second, at("2026-11-03T00:00:00Z")),
    ];
    moveClock(Date.parse("2026-11-04T00:00:00Z") - Date.now());
    expect(await idsOf(own)).toEqual([c, b, a]);
    expect(await idsOf(own, { model: second.name })).toEqual([c, b]);
    expect(await idsOf(own, { status: "failed" })).toEqual([b]);
    expect(await idsOf(own, { key: key.key.id })).toEqual([c]);
    expect(await idsOf(own, { from: "2026-11-02T00:00:00Z" })).toEqual([c, b]);
    expect(await idsOf(own, { to: "2026-11-02T00:00:00Z" })).toEqual([a]);
    expect(await idsOf(own, { from: "0000-01-01T00:00:00Z", model: "no-such-model" })).toEqual([]);
  });
});

describe("writing", () => {
  test("thousands at once are all there, and go again in steps when their time is over", async () => {
    const own = await newActor();
    const brief = await makeModelRow({ kind: "kept", days: 1 });
    for (let count = 0; count < 2_500; count += 1) record(own, brief);
    await flushPredictions();
    expect(await db().prediction.count({ where: { modelId: brief.id } })).toBe(2_500);
    moveClock(2 * dayMs);
    await deleteExpiredPredictions();
    expect(await db().prediction.count({ where: { modelId: brief.id } })).toBe(0);
  });

  test("nobody has to ask for it", async () => {
    const id = record(actor, model);
    await expect.poll(() => db().prediction.count({ where: { id } }), { timeout: 10_000 }).toBe(1);
  });

  test("while the database takes nothing, calls go on and are written later", async () => {
    await db().$executeRaw`ALTER TABLE predictions RENAME TO predictions_away`;
    const id = record(actor, model);
    await flushPredictions();
    await db().$executeRaw`ALTER TABLE predictions_away RENAME TO predictions`;
    expect(await codeOf(getPrediction(actor, id))).toBe("found");
  });

  // Seen failing: without ON CONFLICT DO NOTHING.
  test("large bodies go in several statements, and none twice when a later one fails", async () => {
    const own = await newActor();
    const ids = Array.from({ length: 40 }, () => record(own, model, { input: "x".repeat(60_000) }));
    const unborn = { ...model, id: newId("mdl") };
    ids.push(record(own, unborn));
    await flushPredictions();
    const written = await db().prediction.count({ where: { id: { in: ids } } });
    expect(written > 0 && written < ids.length).toBe(true);
    await makeModelRow(undefined, unborn.id);
    expect((await idsOf(own, { limit: 100 })).toSorted()).toEqual(ids.toSorted());
  });
});
