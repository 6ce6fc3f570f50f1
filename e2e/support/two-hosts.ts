import { startPostgres } from "../../lib/testing/postgres";
import { type RedisServer, startRedis } from "../../lib/testing/redis";
import { type Host, startHost } from "./start-host";

export type TwoHosts = {
  first: Host;
  second: Host;
  redis: RedisServer | undefined;
  databaseUrl: string;
  stop: () => Promise<void>;
};

/** Of several processes each listens on its own port; tokens name this one address, so all of them take them. */
export const sharedBaseUrl = "http://localhost:3000";

/** One install in two processes on one Postgres, with a Redis between them when asked for. */
export async function startTwoHosts({ hasRedis = false } = {}): Promise<TwoHosts> {
  const postgres = await startPostgres();
  const redis = hasRedis ? await startRedis() : undefined;
  const hosts: Host[] = [];
  const stop = async () => {
    // The second one first: the data folder belongs to the first.
    for (const host of hosts.toReversed()) await host.stop();
    await redis?.stop();
    await postgres.stop();
  };
  try {
    const env = {
      BASE_URL: sharedBaseUrl,
      DATABASE_URL: await postgres.createDatabase(),
      ...(redis ? { REDIS_URL: redis.url } : {}),
    };
    const first = await startHost({ env });
    hosts.push(first);
    const second = await startHost({ env, dataDir: first.dataDir });
    hosts.push(second);
    return { first, second, redis, databaseUrl: env.DATABASE_URL, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
