import { expect, test } from "vitest";
import { emptyUpstream, placeFault, upstreamDraft, upstreamFaults, upstreamOf } from "./upstream-draft";

const chat = {
  ...emptyUpstream,
  preset: "chat" as const,
  url: " https://llm.example.org/v1 ",
  model: "small",
  rowsMember: "instances",
  systemPrompt: "Be brief.",
  tokensMax: "200",
  headers: [{ key: 0, name: "Authorization", value: "Bearer x" }],
};

test("only what the preset knows is sent, whatever was written before another was chosen", () => {
  expect(upstreamOf(chat)).toEqual({
    preset: "chat",
    url: "https://llm.example.org/v1",
    model: "small",
    rows_member: null,
    results_member: null,
    system_prompt: "Be brief.",
    tokens_max: 200,
    is_private_allowed: false,
    headers: { Authorization: "Bearer x" },
  });
});

test("of a stored service the names of its headers are filled in, and their values stay empty", () => {
  const { headers, ...upstream } = upstreamOf(chat);
  const draft = upstreamDraft({ ...upstream, header_names: Object.keys(headers ?? {}) });
  expect(draft.headers).toEqual([{ key: 0, name: "Authorization", value: "" }]);
  expect(upstreamOf(draft)).toEqual({ ...upstream, headers: { Authorization: "" } });
});

test.each([
  [{ url: "models.example.org" }, "url"],
  [{ model: " " }, "model"],
  [{ tokensMax: "many" }, "tokens_max"],
  [{ headers: [{ key: 7, name: "Content Type", value: "" }] }, "header 7"],
  [{ headers: [{ key: 7, name: "X-A", value: "ü" }] }, "header 7"],
])("%j is told so at its field", (change, place) => {
  expect(Object.keys(upstreamFaults({ ...chat, ...change }))).toEqual([place]);
});

test("the same header twice is refused, in whatever case it is written", () => {
  const headers = [
    { key: 0, name: "X-Key", value: "a" },
    { key: 1, name: "x-key", value: "b" },
  ];
  expect(Object.keys(upstreamFaults({ ...chat, headers }))).toEqual(["header 1"]);
});

test("what the API says of a header stands at its row", () => {
  expect(placeFault(chat, "headers/authorization")).toBe("header 0");
  expect(placeFault(chat, "headers/X-Gone")).toBe("headers");
  expect(placeFault(chat, "url")).toBe("url");
});
