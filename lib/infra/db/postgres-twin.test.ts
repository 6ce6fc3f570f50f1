import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { isOlder, migratedSchemaFile, migrationsFolder } from "./migrate";
import { postgresTwin } from "./postgres-twin";

const read = (file: string) => readFileSync(file, "utf8");
const schema = read("prisma/schema.prisma");

test("the Postgres schema is the twin of the one source, letter for letter", () => {
  expect(read("prisma/postgres/schema.prisma")).toBe(postgresTwin(schema));
});

test("the twin differs in provider, output and the first comment only", () => {
  const twin = postgresTwin(schema).split("\n");
  const body = (lines: string[]) => lines.slice(lines.findIndex((line) => line.startsWith("/// A person")));
  expect(body(twin)).toEqual(body(schema.split("\n")));
  expect(twin.join("\n")).toContain('provider = "postgresql"');
});

test("every change of the schema has its migrations", () => expect(read(migratedSchemaFile)).toBe(schema));

test("both databases have the same migrations, by name", () => {
  const names = (folder: string) => readdirSync(folder).filter((name) => !name.endsWith(".toml"));
  expect(names(migrationsFolder("sqlite"))).toEqual(names(migrationsFolder("postgres")));
  expect(names(migrationsFolder("sqlite")).length).toBeGreaterThan(0);
});

test.each<[string, boolean]>([
  ["3.51.2", true],
  ["3.51.3", false],
  ["3.51.10", false],
  ["3.9.9", true],
  ["3.52.0", false],
  ["3.52", false],
  ["3.51", true],
  ["4.0.0", false],
  ["2.99.99", true],
  ["0", true],
])("SQLite %s is older than 3.51.3: %s", (version, expected) => {
  expect(isOlder(version, [3, 51, 3])).toBe(expected);
});
