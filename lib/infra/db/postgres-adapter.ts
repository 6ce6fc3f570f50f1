import { PrismaPg } from "@prisma/adapter-pg";
import type { SqlMigrationAwareDriverAdapterFactory } from "@prisma/driver-adapter-utils";

/**
 * Prisma's adapter cuts a script at every semicolon, those inside a function's body too. The server reads a
 * script right by itself, and runs all of it or nothing.
 */
export function postgresAdapter(connectionString: string): SqlMigrationAwareDriverAdapterFactory {
  const inner = new PrismaPg({
    connectionString,
    max: 10,
    connectionTimeoutMillis: 5_000,
    // A dashboard gets one processor, not all of them: predictions need the others.
    options: "-c TimeZone=UTC -c max_parallel_workers_per_gather=0 -c jit=off",
  });
  return {
    provider: inner.provider,
    adapterName: inner.adapterName,
    connectToShadowDb: () => inner.connectToShadowDb(),
    connect: async () => {
      const connection = await inner.connect();
      connection.executeScript = async (script) => {
        await connection.executeRaw({ sql: script, args: [], argTypes: [] });
      };
      return connection;
    },
  };
}
