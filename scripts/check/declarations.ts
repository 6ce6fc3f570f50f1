import { readFileSync } from "node:fs";
import { migratedSchemaFile } from "../../lib/infra/db/migrate";
import { postgresTwin } from "../../lib/infra/db/postgres-twin";
import { readEnv } from "../../lib/infra/env";

const advice = "Run: npm run migrate -- name_of_the_change";

/** One schema is the source; everything made from it has to say the same. */
export function schemaFaults(): string[] {
  const schema = readFileSync("prisma/schema.prisma", "utf8");
  const faults: string[] = [];
  if (readFileSync("prisma/postgres/schema.prisma", "utf8") !== postgresTwin(schema))
    faults.push(`prisma/postgres/schema.prisma is not what prisma/schema.prisma makes of it. ${advice}`);
  if (readFileSync(migratedSchemaFile, "utf8") !== schema)
    faults.push(`prisma/schema.prisma was changed without migrations for both databases. ${advice}`);
  return faults;
}

/** The names that lib/infra/env.ts asks for, learned by letting it ask. */
export function settingNames(): string[] {
  const asked = new Set<string>();
  readEnv(
    new Proxy<Record<string, string>>(
      {},
      { get: (_, name) => void (typeof name === "string" && asked.add(name)) },
    ),
  );
  // Set by the commands themselves, never by hand.
  asked.delete("NODE_ENV");
  return [...asked];
}

export function settingFaults(): string[] {
  const example = readFileSync(".env.example", "utf8");
  const described = new Set([...example.matchAll(/^# ?([A-Z][A-Z_]+)=/gm)].map(([, name = ""]) => name));
  const names = settingNames();
  return [
    ...names
      .filter((name) => !described.has(name))
      .map(
        (name) =>
          `.env.example does not have ${name}. Add it: what it is for, what it protects from, what it costs, and its default.`,
      ),
    ...[...described]
      .filter((name) => !names.includes(name))
      .map((name) => `.env.example has ${name}, which lib/infra/env.ts does not read. Remove it.`),
  ];
}
