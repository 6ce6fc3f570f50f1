import { LRUCache } from "lru-cache";
import { writeAside } from "../infra/db/aside";
import { Prisma } from "../infra/db/generated/sqlite/client";
import { jsonRows, place } from "../infra/db/json-rows";
import { singleton } from "../infra/singleton";
import type { CallRecord } from "./domain";

type Caller = Pick<CallRecord, "userId" | "keyId" | "modelId">;

const known = () => singleton("usage-subjects", () => new LRUCache<string, number>({ max: 50_000 }));
const nameOf = ({ userId, keyId, modelId }: Caller): string => `${userId} ${keyId ?? ""} ${modelId}`;

/** The numbers of who called what; those of newcomers are given out here. */
export async function subjectsOf(callers: readonly Caller[]): Promise<number[]> {
  const numbers: number[] = [];
  for (const caller of callers) {
    const number = known().get(nameOf(caller));
    // Nearly always all of them are known.
    if (number === undefined) return withNewcomers(callers);
    numbers.push(number);
  }
  return numbers;
}

async function withNewcomers(callers: readonly Caller[]): Promise<number[]> {
  const found = new Map<string, number>();
  const unknown = new Map<string, Caller>();
  for (const caller of callers) {
    const name = nameOf(caller);
    const number = known().get(name);
    if (number === undefined) unknown.set(name, caller);
    else found.set(name, number);
  }
  const rows = jsonRows(
    [...unknown.values()].map(({ userId, keyId, modelId }) => [userId, keyId ?? "", modelId]),
  );
  const [, answers = []] = await writeAside([
    {
      sql: Prisma.sql`INSERT INTO usage_subjects (user_id, key_id, model_id)
        SELECT ${place(0)}, ${place(1)}, ${place(2)} FROM ${rows} WHERE true ON CONFLICT DO NOTHING`,
    },
    {
      sql: Prisma.sql`SELECT s.number, s.user_id, s.key_id, s.model_id
        FROM (SELECT ${place(0)} AS user_id, ${place(1)} AS key_id, ${place(2)} AS model_id FROM ${rows}) AS asked
        JOIN usage_subjects AS s
          ON s.user_id = asked.user_id AND s.key_id = asked.key_id AND s.model_id = asked.model_id`,
    },
  ]);
  for (const row of answers) {
    const name = `${row.user_id} ${row.key_id} ${row.model_id}`;
    found.set(name, Number(row.number));
    known().set(name, Number(row.number));
  }
  return callers.map((caller) => {
    const number = found.get(nameOf(caller));
    if (number === undefined) throw new Error("a caller has no number");
    return number;
  });
}
