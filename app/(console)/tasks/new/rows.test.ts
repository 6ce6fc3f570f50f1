import { expect, test } from "vitest";
import { rowsOfFile, rowsOfText } from "./rows";

const limit = { bytes: 100, text: "100 B" };

async function read(text: string) {
  const rows = rowsOfText(text);
  return typeof rows === "string" ? rows : { type: rows.type, text: await rows.body.text() };
}

test.each([
  ["CSV", "a,b\n1,2\n", "text/csv", "a,b\n1,2"],
  ["cells of a spreadsheet", 'a\tb\n1,5\tx\n"2,5"\t', "text/csv", 'a,b\n"1,5",x\n"2,5",'],
  ["JSON lines", '{"a":1}\n{"a":2}', "application/x-ndjson", '{"a":1}\n{"a":2}'],
  ["a list", '[{"a":1},\n {"a":2}]', "application/x-ndjson", '{"a":1}\n{"a":2}'],
  ["one object", '{\n "a": 1\n}', "application/x-ndjson", '{"a":1}'],
])("%s can be pasted", async (_, pasted, type, text) => {
  expect(await read(pasted)).toEqual({ type, text });
});

test("a broken line among lines of JSON is left for the check, which knows its number", async () => {
  expect(await read('{"a":1}\n{"a":')).toEqual({ type: "application/x-ndjson", text: '{"a":1}\n{"a":' });
});

test.each(["", "  \n ", "[]", '[{"a":1}'])("%j is no row, and a sentence says why", async (text) => {
  expect(typeof rowsOfText(text)).toBe("string");
});

test("a file is sent as it is, and names the task", async () => {
  const file = new File(["a\n1\n"], "March sales.csv");
  expect(await rowsOfFile(file, limit)).toEqual({
    body: file,
    type: "text/csv",
    label: "March sales.csv",
    name: "March sales",
  });
});

test("a file of a JSON list becomes lines", async () => {
  const rows = await rowsOfFile(new File(['[{"a":1}]'], "x.json"), limit);
  expect(rows).toMatchObject({ type: "application/x-ndjson", label: "x.json", name: "x" });
});

test.each([
  ["an empty file", new File([], "a.csv")],
  ["one that is too large", new File(["x".repeat(101)], "a.csv")],
  ["a spreadsheet", new File(["x"], "a.xlsx")],
])("%s is refused before it is sent", async (_, file) => {
  expect(typeof (await rowsOfFile(file, limit))).toBe("string");
});
