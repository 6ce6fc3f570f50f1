import { dayMs } from "../core/time";
import { BatchWriter } from "../infra/batch-writer";
import { now } from "../infra/clock";
import { deleteInSteps, writeAside } from "../infra/db/aside";
import { Prisma } from "../infra/db/generated/sqlite/client";
import { storedTime } from "../infra/db/stored-time";
import { env } from "../infra/env";
import { singleton } from "../infra/singleton";
import type { Refusal } from "./domain";
import { takeNoted, whenNoted } from "./noted";

export const refusalsKeptMs = 7 * dayMs;
const detailMax = 500;
const pathMax = 300;

const writer = () =>
  singleton(
    "refusal-writer",
    () =>
      new BatchWriter<Refusal>({
        name: "refusals",
        write: insert,
        afterMs: 500,
        rowsAtOnce: 500,
        rowsMax: 5_000,
      }),
  );

/** From now on what is noted goes into the database. */
export const recordRefusals = (): void => whenNoted(fetchNoted);

function fetchNoted(): void {
  for (const refusal of takeNoted()) writer().add(refusal);
}

export async function flushRefusals(): Promise<void> {
  fetchNoted();
  await writer().flush();
}

/** One statement for all of them: see `BatchWriter`. */
async function insert(refusals: readonly Refusal[]): Promise<void> {
  const rows = JSON.stringify(refusals.map(asRow));
  const sql =
    env().database === "sqlite"
      ? Prisma.sql`
      INSERT INTO refusals (id, request_id, at, user_id, key_id, address, method, path, status, code, detail, facts)
      SELECT value->>'id', value->>'request_id', value->>'at', value->>'user_id', value->>'key_id',
        value->>'address', value->>'method', value->>'path', value->>'status', value->>'code', value->>'detail',
        value->>'facts'
      FROM json_each(${rows}) WHERE true ON CONFLICT DO NOTHING`
      : Prisma.sql`
      INSERT INTO refusals (id, request_id, at, user_id, key_id, address, method, path, status, code, detail, facts)
      SELECT * FROM jsonb_to_recordset(${rows}::jsonb) AS noted (
        id text, request_id text, at timestamp, user_id text, key_id text, address text, method text, path text,
        status int, code text, detail text, facts text)
      ON CONFLICT DO NOTHING`;
  await writeAside([{ sql }]);
}

const asRow = (refusal: Refusal) => ({
  id: refusal.id,
  request_id: refusal.requestId,
  at: storedTime(refusal.at),
  user_id: refusal.userId,
  key_id: refusal.keyId,
  address: refusal.address,
  method: refusal.method,
  path: storable(refusal.path, pathMax),
  status: refusal.status,
  code: refusal.code,
  detail: storable(refusal.detail, detailMax),
  facts: storable(JSON.stringify(refusal.facts)),
});

/** Paths and details may quote what a caller sent; no database holds a NUL or half a character. */
const storable = (text: string, lengthMax = text.length): string =>
  text.slice(0, lengthMax).toWellFormed().replaceAll("\0", "\uFFFD").replaceAll("\\u0000", "\\ufffd");

export async function removeOldRefusals(): Promise<void> {
  const before = new Date(now().getTime() - refusalsKeptMs);
  await deleteInSteps(
    (most) => Prisma.sql`
    DELETE FROM refusals WHERE id IN (
      SELECT id FROM refusals WHERE at < ${before} LIMIT ${most}) RETURNING 1 AS removed`,
  );
}
