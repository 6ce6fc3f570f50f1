/** The unique constraint said no: somebody else was first. */
export const isUniqueViolation = (error: unknown): boolean => namesOf(error).includes("P2002");

/**
 * The database is locked, full, gone or too slow: trying again later may help, and nothing here is wrong. The same
 * trouble has many names. Prisma has its own, unless the statement was a raw one: then only the driver tells, and the
 * pool tells by a sentence alone.
 */
export const isDatabaseUnavailable = (error: unknown): boolean =>
  namesOf(error).some((name) => trouble.some((pattern) => pattern.test(name))) ||
  (error instanceof Error &&
    (error.name === "PrismaClientInitializationError" || poolTrouble.test(error.message)));

const trouble = [
  /^P(1001|1002|1008|1017|2024|2028|2034|2037)$/,
  /^(DatabaseNotReachable|ConnectionClosed|SocketTimeout|TooManyConnections|TransactionWriteConflict)$/,
  /^E(CONNREFUSED|CONNRESET|PIPE)$/,
  /^SQLITE_(BUSY|LOCKED|FULL|IOERR|READONLY|CANTOPEN)/,
  // Postgres: no connection, no room, shut down, a standby that only reads, in the way of another transaction.
  /^(08\w{3}|53\w{3}|57P\d\d|25006|40001|40P01|55P03)$/,
];

const poolTrouble =
  /^(timeout exceeded when trying to connect|Connection terminated|Client (has encountered a connection error|was closed))/;

type Told = {
  code?: unknown;
  meta?: { driverAdapterError?: { cause?: { originalCode?: unknown; kind?: unknown } } };
};

/** What Prisma, the database and the driver each call it. */
function namesOf(error: unknown): string[] {
  if (!error || typeof error !== "object") return [];
  const { code, meta } = error as Told;
  const { originalCode, kind } = meta?.driverAdapterError?.cause ?? {};
  return [code, originalCode, kind].map((name) => (typeof name === "string" ? name : ""));
}
