import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { AppError } from "../../core/errors";
import { compileRows } from "../../models/domain/encode-rows";
import type { LiveVersion } from "../../models/queries";
import { column } from "../../models/schema";
import { useSettings } from "../../testing/environment";
import { Gathering } from "./gather-rows";
import { readUpload } from "./read-upload";

const columns = [
  column.parse({ name: "size", kind: "number" }),
  column.parse({ name: "count", kind: "integer" }),
  column.parse({ name: "is_new", kind: "boolean" }),
  column.parse({ name: "colour", kind: "category", categories: ["red", "a,b", 'say "hi"'] }),
  column.parse({ name: "words", kind: "text" }),
];
const signature = { columns, result: null } as unknown as LiveVersion["signature"];
const version = {
  inputs: [],
  signature,
  reader: compileRows({ inputs: [], signature, runner: "http", preset: "json" }),
} as unknown as LiveVersion;

type Read = { rows: unknown[]; faulty: number; faults: Gathering["faults"] };

async function* pieces(bytes: Uint8Array, sizes: number[]): AsyncGenerator<Uint8Array> {
  let start = 0;
  for (let index = 0; start < bytes.length; index += 1) {
    const size = sizes[index % sizes.length] ?? 100;
    yield bytes.subarray(start, start + size);
    start += size;
  }
}

async function read(type: string, content: string | Uint8Array, sizes = [7]): Promise<Read> {
  useSettings({});
  const gathering = new Gathering(version, 10, 10_000_000);
  const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
  await readUpload({ type, body: pieces(bytes, sizes) }, version, gathering);
  gathering.finish();
  const rows = gathering.pieces.flatMap(({ input }) => JSON.parse(input));
  return { rows, faulty: gathering.rowsFaulty, faults: gathering.faults };
}

const row = fc.record({
  size: fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e30, max: 1e30 }).map((size) => size + 0),
  count: fc.maxSafeInteger(),
  is_new: fc.boolean(),
  colour: fc.constantFrom("red", "a,b", 'say "hi"'),
  words: fc
    .string({ unit: "grapheme", minLength: 1, maxLength: 30 })
    .map((text) => `${text}\n"x",\r\n${text}`)
    .filter((text) => text.isWellFormed()),
});
const sizes = fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 1, maxLength: 5 });
const quoted = (value: unknown) => `"${String(value).replaceAll('"', '""')}"`;

describe("what is written comes back", () => {
  test("as CSV, quoted or not where it need not be, with either end of line, cut anywhere", () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(row, { minLength: 1, maxLength: 25 }),
        sizes,
        fc.constantFrom("\n", "\r\n"),
        fc.boolean(),
        async (rows, cuts, end, hasMark) => {
          const lines = rows.map((each) =>
            [each.size, each.count, each.is_new, quoted(each.colour), quoted(each.words)].join(","),
          );
          const text = `${hasMark ? "\ufeff" : ""}size,count,is_new,colour,words${end}${lines.join(end)}`;
          const zero = (each: (typeof rows)[number]) => ({ ...each, size: each.size === 0 ? 0 : each.size });
          expect(await read("text/csv", text, cuts)).toMatchObject({ rows: rows.map(zero), faulty: 0 });
        },
      ),
      { numRuns: 60 },
    ));

  test("as JSON lines, cut anywhere", () =>
    fc.assert(
      fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 25 }), sizes, async (rows, cuts) => {
        const text = rows.map((each) => JSON.stringify(each)).join("\r\n");
        const found = await read("application/jsonl", text, cuts);
        expect(found.rows).toEqual(JSON.parse(JSON.stringify(rows)));
        expect(found.faulty).toBe(0);
      }),
      { numRuns: 60 },
    ));
});

test.each(["text/csv", "application/x-ndjson"])(
  "bytes changed anywhere in %s are rows, faults or a refusal",
  (type) =>
    fc.assert(
      fc.asyncProperty(
        fc.array(row, { minLength: 1, maxLength: 5 }),
        fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 })), { minLength: 1, maxLength: 6 }),
        sizes,
        async (rows, changes, cuts) => {
          const text =
            type === "text/csv"
              ? `size,count,is_new,colour,words\n${rows.map((each) => Object.values(each).map(quoted).join(",")).join("\n")}`
              : rows.map((each) => JSON.stringify(each)).join("\n");
          const bytes = new TextEncoder().encode(text);
          for (const [at, value] of changes) bytes[at % bytes.length] = value;
          const outcome = await read(type, bytes, cuts).catch((error: unknown) => error);
          if (outcome instanceof Error) {
            expect(outcome).toBeInstanceOf(AppError);
            expect(["request.malformed", "request.invalid", "task.rows_invalid"]).toContain(
              (outcome as AppError).code,
            );
          } else expect((outcome as Read).faulty === 0 || (outcome as Read).faults.length > 0).toBe(true);
        },
      ),
      { numRuns: 150 },
    ),
);

describe("CSV", () => {
  const line = (rest: string) => `size,count,is_new,colour,words\n${rest}`;

  test("numbers, yes and no in the ways people write them; an empty cell is left out", async () => {
    const { rows } = await read("text/csv", line(" +1.5 ,3,TRUE,red,a\n.5,-0,0,red,b\n1e3,7,1,red,c\n"));
    expect(rows).toEqual([
      { size: 1.5, count: 3, is_new: true, colour: "red", words: "a" },
      { size: 0.5, count: 0, is_new: false, colour: "red", words: "b" },
      { size: 1000, count: 7, is_new: true, colour: "red", words: "c" },
    ]);
    const { faults } = await read("text/csv", line("1,,true,red,a\n"));
    expect(faults).toMatchObject([{ row: 1, pointer: "/inputs/0/count", message: "count is missing." }]);
  });

  test("what is no number stays as it is written, and the fault names it", async () => {
    const { faults, faulty } = await read("text/csv", line("0x10,3,constructor,red,a\n1,3.5,true,blue,b\n"));
    expect(faulty).toBe(2);
    expect(faults.map(({ pointer }) => pointer)).toEqual([
      "/inputs/0/size",
      "/inputs/0/is_new",
      "/inputs/1/count",
      "/inputs/1/colour",
    ]);
  });

  test("a column that the model does not have is a fault of each row", async () => {
    const { faulty, faults } = await read(
      "text/csv",
      "size,count,is_new,colour,words,more\n1,2,true,red,x,y\n",
    );
    expect([faulty, faults[0]?.pointer]).toEqual([1, "/inputs/0/more"]);
  });
});

test("a JSON line may not be deeper than 64, name a prototype or be longer than a megabyte", async () => {
  const lines = ['{"__proto__": 1}', `{"a": ${"[".repeat(80)}${"]".repeat(80)}}`, "null", '"x"', "{"];
  const { faulty } = await read("application/jsonl", lines.join("\n"), [100]);
  expect(faulty).toBe(5);
  const long = await read("application/jsonl", `{"a": "${"x".repeat(1_100_000)}"}`, [60_000]);
  expect(long.faults[0]?.message).toBe("This line is too long.");
});
