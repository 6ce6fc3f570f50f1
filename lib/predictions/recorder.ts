import type { UserActor } from "../core/actor";
import { dayMs } from "../core/time";
import { BatchWriter } from "../infra/batch-writer";
import { now } from "../infra/clock";
import { deleteInSteps, writeAside } from "../infra/db/aside";
import { Prisma } from "../infra/db/generated/sqlite/client";
import { storedTime } from "../infra/db/stored-time";
import { env } from "../infra/env";
import { digest } from "../infra/secrets";
import { singleton } from "../infra/singleton";
import type { LiveModel } from "../models/domain/live-model";
import { keptBody, type PredictionRow } from "./domain";

/** Of the bodies that may wait while the database is away. */
const waitingLengthMax = 32 * 1024 * 1024;
/** Longer statements would hold up everybody who writes while SQLite works on them. */
const statementLengthMax = 1024 * 1024;

const writer = () =>
  singleton(
    "prediction-writer",
    () =>
      new BatchWriter<PredictionRow>({
        name: "predictions",
        write: insertAll,
        afterMs: 200,
        // While SQLite writes them, calls wait to be recorded: about three milliseconds.
        rowsAtOnce: 100,
        rowsMax: 20_000,
        sizeOf: ({ input, output }) => (input?.length ?? 0) + (output?.length ?? 0),
        sizeMax: waitingLengthMax,
      }),
  );

export type RecordedCall = {
  id: string;
  actor: UserActor;
  model: Pick<LiveModel, "id" | "history">;
  version: { number: number };
  rows: number;
  createdAt: Date;
  /** What went in, as JSON. */
  input: unknown;
};

/** How it ended: with an error, or with what came out. */
export type Ending = {
  status: "succeeded" | "failed";
  code: string | null;
  output: unknown;
  queueMs: number;
  predictMs: number;
};

/** Keeps of a call what its model keeps. Returns at once; the row is written a moment later, with others. */
export function recordPrediction(call: RecordedCall, ending: Ending): void {
  const { actor, model } = call;
  if (model.history.kind === "never") return;
  const isKept = model.history.kind === "kept";
  const input = keptBody(call.input, isKept, fingerprint);
  const output = keptBody(ending.output, isKept, fingerprint);
  writer().add({
    id: call.id,
    userId: actor.user.id,
    keyId: actor.kind === "key" ? actor.key.id : null,
    modelId: model.id,
    version: call.version.number,
    status: ending.status,
    code: ending.code,
    rows: call.rows,
    input: input.text,
    output: output.text,
    inputHash: input.hash,
    outputHash: output.hash,
    requestId: actor.origin.requestId,
    queueMs: ending.queueMs,
    predictMs: ending.predictMs,
    createdAt: call.createdAt,
    expiresAt: new Date(call.createdAt.getTime() + model.history.days * dayMs),
  });
}

const fingerprint = (text: string): string => digest("prediction", text);

/** So that everybody sees their own last call: before reading, and before the process ends. */
export const flushPredictions = (): Promise<void> => writer().flush();

async function insertAll(predictions: readonly PredictionRow[]): Promise<void> {
  let texts: string[] = [];
  let length = 0;
  for (const prediction of predictions) {
    const text = JSON.stringify(valuesOf(prediction));
    if (length + text.length > statementLengthMax && texts.length > 0) {
      await insert(texts);
      texts = [];
      length = 0;
    }
    texts.push(text);
    length += text.length;
  }
  if (texts.length > 0) await insert(texts);
}

/**
 * One statement for all; what was written already, when a later one failed, is not written twice. A row is a list
 * of values because SQLite takes these out of it faster than out of an object.
 */
async function insert(texts: readonly string[]): Promise<void> {
  const rows = `[${texts.join(",")}]`;
  const sql =
    env().database === "sqlite"
      ? Prisma.sql`
      INSERT INTO predictions (id, user_id, key_id, model_id, version, status, code, rows, input, output, input_hash,
        output_hash, request_id, queue_ms, predict_ms, created_at, expires_at)
      SELECT value->>0, value->>1, value->>2, value->>3, value->>4, value->>5, value->>6, value->>7, value->>8,
        value->>9, value->>10, value->>11, value->>12, value->>13, value->>14, value->>15, value->>16
      FROM json_each(${rows}) WHERE true ON CONFLICT DO NOTHING`
      : Prisma.sql`
      INSERT INTO predictions (id, user_id, key_id, model_id, version, status, code, rows, input, output, input_hash,
        output_hash, request_id, queue_ms, predict_ms, created_at, expires_at)
      SELECT value->>0, value->>1, value->>2, value->>3, (value->>4)::int, value->>5, value->>6, (value->>7)::int,
        value->>8, value->>9, value->>10, value->>11, value->>12, (value->>13)::double precision,
        (value->>14)::double precision, (value->>15)::timestamp, (value->>16)::timestamp
      FROM jsonb_array_elements(${rows}::jsonb) ON CONFLICT DO NOTHING`;
  await writeAside([{ sql }]);
}

/** In the order of the statements above. */
const valuesOf = (row: PredictionRow) => [
  row.id,
  row.userId,
  row.keyId,
  row.modelId,
  row.version,
  row.status,
  row.code,
  row.rows,
  row.input,
  row.output,
  row.inputHash,
  row.outputHash,
  row.requestId,
  row.queueMs,
  row.predictMs,
  storedTime(row.createdAt),
  storedTime(row.expiresAt),
];

export async function deleteExpiredPredictions(): Promise<void> {
  await deleteInSteps(
    (most) => Prisma.sql`
    DELETE FROM predictions WHERE id IN (
      SELECT id FROM predictions WHERE expires_at <= ${now()} LIMIT ${most}) RETURNING 1 AS removed`,
  );
}
