import { LRUCache } from "lru-cache";
import { addressBucket } from "../../core/address";
import { BatchWriter } from "../../infra/batch-writer";
import { now } from "../../infra/clock";
import { db } from "../../infra/db/client";
import { storedTime } from "../../infra/db/stored-time";
import { env } from "../../infra/env";
import { singleton } from "../../infra/singleton";

const keysMax = 20_000;
const placesMax = 100_000;
/** A key that is used from everywhere tells nothing, and must not fill the table. */
const placesPerKeyMax = 1_000;

type Place = { keyId: string; bucket: string; at: Date };

const noted = () =>
  singleton("key-places", () => ({
    /** Where each key was used from last: nearly every call ends here. */
    last: new LRUCache<string, string>({ max: keysMax }),
    seen: new LRUCache<string, true>({ max: placesMax }),
    writer: new BatchWriter<Place>({
      name: "key-places",
      write: insert,
      afterMs: 500,
      rowsAtOnce: 500,
      rowsMax: 5_000,
    }),
  }));

/** Keeps where a key is used from. Called for every request: what is known already costs one look into memory. */
export function notePlace(keyId: string, address: string): void {
  const { last, seen, writer } = noted();
  if (last.get(keyId) === address) return;
  last.set(keyId, address);
  const bucket = addressBucket(address);
  const name = `${keyId} ${bucket}`;
  if (seen.has(name)) return;
  seen.set(name, true);
  writer.add({ keyId, bucket, at: now() });
}

export const flushPlaces = (): Promise<void> => noted().writer.flush();

/** One statement for all of them; what was there before stays as it is. */
async function insert(places: readonly Place[]): Promise<void> {
  const rows = JSON.stringify(places.map(({ keyId, bucket, at }) => [keyId, bucket, storedTime(at)]));
  if (env().database === "sqlite")
    await db().$executeRaw`
      INSERT INTO key_places (key_id, bucket, first_seen_at)
      SELECT value->>0, value->>1, value->>2 FROM json_each(${rows})
      WHERE (SELECT COUNT(*) FROM key_places known WHERE known.key_id = value->>0) < ${placesPerKeyMax}
      ON CONFLICT DO NOTHING`;
  else
    await db().$executeRaw`
      INSERT INTO key_places (key_id, bucket, first_seen_at)
      SELECT value->>0, value->>1, (value->>2)::timestamp FROM jsonb_array_elements(${rows}::jsonb)
      WHERE (SELECT COUNT(*) FROM key_places known WHERE known.key_id = value->>0) < ${placesPerKeyMax}
      ON CONFLICT DO NOTHING`;
}
