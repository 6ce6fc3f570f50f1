import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { hashPlaces, sealedPlaces } from "./places";

test("every column with sealed text or a keyed hash is among the places", () => {
  const schema = readFileSync("prisma/schema.prisma", "utf8");
  const tables = [...schema.matchAll(/^model \w+ \{$(.*?)^\}$/gms)].map(([, body = ""]) => body);
  const columns = tables.flatMap((body) => {
    const table = /@@map\("(\w+)"\)/.exec(body)?.[1];
    const named = [...body.matchAll(/^ {2}(\w+) +String\??(.*)$/gm)];
    return named.map(([, field, rest = ""]) => `${table}.${/@map\("(\w+)"\)/.exec(rest)?.[1] ?? field}`);
  });
  const sealed = columns.filter((column) => column.endsWith("_sealed"));
  expect(sealed.length).toBeGreaterThan(8);
  const known = sealedPlaces.map(({ table, column }) => `${table.sql}.${column.sql}`);
  expect(sealed.filter((column) => !known.includes(column))).toEqual(["challenges.data_sealed"]);
  // Spent riddles are not keyed; challenges are over within minutes, and counted because of what is sealed in them.
  const digests = columns.filter((column) => column.endsWith(".digest"));
  const counted = [...hashPlaces.pepper, ...hashPlaces.digest].map(
    ({ table, column }) => `${table.sql}.${column.sql}`,
  );
  expect(digests.filter((column) => !counted.includes(column)).sort()).toEqual([
    "challenges.digest",
    "spent_proofs.digest",
  ]);
});
