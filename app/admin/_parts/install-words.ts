import type { Install } from "@/lib/install/queries";

export const databaseName: Record<Install["database"], string> = {
  sqlite: "SQLite",
  postgres: "Postgres",
};
