import { execFileSync } from "node:child_process";
import fc from "fast-check";
import { expect, test } from "vitest";
import { jsonLiteral, pythonLiteral, shellWord } from "./literals";
import { predictSnippets } from "./predict-snippets";

const call = {
  baseUrl: "https://oracle.example",
  model: "iris",
  keyName: "nightly report",
  timeoutMs: 10_000,
};

const codeOf = (language: string, rows: Parameters<typeof predictSnippets>[0]["rows"]): string =>
  predictSnippets({ ...call, rows }).find(({ label }) => label === language)?.code ?? "";

test("a value in a snippet is the value that was typed, for any value", () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(JSON.parse(jsonLiteral(value))).toEqual(JSON.parse(JSON.stringify(value)));
    }),
  );
});

test("a shell gets the body of the call as one word, whatever is in it", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      const body = text.replaceAll("\0", "").toWellFormed();
      const echoed = execFileSync("sh", ["-c", `printf %s ${shellWord(body)}`], { encoding: "utf8" });
      expect(echoed).toBe(body);
    }),
    { numRuns: 25 },
  );
});

test("Python is given its own words for true, false and nothing, and strings keep theirs", () => {
  expect(pythonLiteral({ a: true, b: false, c: null, d: "true, null" })).toBe(
    '{"a": True, "b": False, "c": None, "d": "true, null"}',
  );
});

test("the JavaScript of a snippet sends exactly the call", async () => {
  const rows = { input: { petal_length: 1.4, note: 'it\'s "`here`" \\ \u2028' } };
  const code = codeOf("JavaScript", rows).replace(/^import .*$/m, "");
  const sent: { address: string; init: RequestInit }[] = [];
  const run = new Function("fetch", "env", "console", `return (async () => {${code}})()`);
  const answer = { ok: true, json: async () => ({ output: 1 }) };
  const fetch = async (address: string, init: RequestInit) => sent.push({ address, init }) && answer;
  await run(fetch, { ADYTON_KEY: "ady_secret" }, { log: () => {} });
  expect(sent).toHaveLength(1);
  expect(sent[0]?.address).toBe("https://oracle.example/api/v1/predictions");
  expect(sent[0]?.init.headers).toMatchObject({ authorization: "Bearer ady_secret" });
  expect(JSON.parse(`${sent[0]?.init.body}`)).toEqual({ model: "iris", ...rows });
});

test("a snippet names the key and the version it is for, and holds no secret", () => {
  const snippets = predictSnippets({ ...call, version: "next", rows: { inputs: [{ a: 1 }, { a: 2 }] } });
  for (const { code } of snippets) {
    expect(code).toContain("your key “nightly report”");
    expect(code).toContain('"version": "next"');
    expect(code).not.toContain("ady_");
  }
});
