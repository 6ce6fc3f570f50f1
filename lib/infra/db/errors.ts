/** The unique constraint said no: somebody else was first. */
export const isUniqueViolation = (error: unknown): boolean => errorCode(error) === "P2002";

/** The database is locked, gone or too slow, in any of the ways Prisma says so. */
export const isDatabaseUnavailable = (error: unknown): boolean =>
  [
    "P1001",
    "P1002",
    "P1008",
    "P1017",
    "P2024",
    "P2028",
    "P2034",
    "ECONNREFUSED",
    "ECONNRESET",
    "57P01",
  ].includes(errorCode(error) ?? "") ||
  (error instanceof Error && error.name === "PrismaClientInitializationError");

const errorCode = (error: unknown): string | undefined =>
  error && typeof error === "object" && "code" in error && typeof error.code === "string"
    ? error.code
    : undefined;
