import { db } from "../../infra/db/client";
import { decrypt, encrypt, isOutdated } from "../../infra/secrets";
import { type SealedPlace, sealedPlaces } from "./places";

const stepSize = 200;

/** Encrypts anew what an earlier version sealed. Stopped anywhere, the next run finds what is left. */
export async function resealAll(
  onStep: () => void = () => {},
): Promise<{ resealed: number; broken: number }> {
  const sum = { resealed: 0, broken: 0 };
  for (const place of sealedPlaces) {
    let after = "";
    for (;;) {
      const rows = await readStep(place, after);
      for (const row of rows) {
        const isDone = await resealRow(place, row);
        if (isDone === null) sum.broken += 1;
        else if (isDone) sum.resealed += 1;
      }
      onStep();
      if (rows.length < stepSize) break;
      after = rows.at(-1)?.key ?? "";
    }
  }
  return sum;
}

type Row = { key: string; sealed: string };

const readStep = ({ table, key, column }: SealedPlace, after: string): Promise<Row[]> =>
  db().$queryRaw<Row[]>`
    SELECT ${key} AS key, ${column} AS sealed FROM ${table}
    WHERE ${column} IS NOT NULL AND ${key} > ${after}
    ORDER BY ${key} LIMIT ${stepSize}`;

/** Null: what stands there cannot be opened. It is left as it is. */
async function resealRow({ table, key, column, purpose }: SealedPlace, row: Row): Promise<boolean | null> {
  if (!isOutdated("encryption", row.sealed)) return false;
  let fresh: string;
  try {
    fresh = encrypt(purpose, decrypt(purpose, row.sealed));
  } catch {
    return null;
  }
  // Whoever changed the row meanwhile sealed it anew as well.
  const changed = await db().$executeRaw`
    UPDATE ${table} SET ${column} = ${fresh}
    WHERE ${key} = ${row.key} AND ${column} = ${row.sealed}`;
  return changed === 1;
}
