/** The Postgres schema is this text and nothing else; a check fails when the file says anything different. */
export const postgresTwin = (schema: string): string =>
  schema
    .replace(
      /^\/\/ The one source[\s\S]*?\n\n/,
      "// Made from ../schema.prisma by `npm run migrate`; change that one.\n\n",
    )
    .replace('provider = "sqlite"', 'provider = "postgresql"')
    .replace('"../lib/infra/db/generated/sqlite"', '"../../lib/infra/db/generated/postgres"');
