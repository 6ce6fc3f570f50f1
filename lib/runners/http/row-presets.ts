import type { Upstream } from "../domain";
import { invalidAnswer, unusableValues } from "./fault";
import { readJson } from "./open-inference";

export type Row = Record<string, unknown>;
export type RowResults = { results: unknown[]; tokens?: number };

/** How rows are asked: which of them travel in one body, and how its answer is read. */
export type RowPreset = {
  url: URL;
  /** All rows in one body, or each in its own. */
  isTogether: boolean;
  body: (rows: readonly Row[]) => string;
  read: (text: string, rows: number) => RowResults;
};

const depthMax = 64;

/** Nothing that hurts whoever reads it next: too deep, not finite, or named to reach an object's prototype. */
function refuseHarmful(value: unknown, depth: number): void {
  if (typeof value === "number" && !Number.isFinite(value))
    throw unusableValues("Its answer holds a number that is too large.");
  if (value === null || typeof value !== "object") return;
  if (depth > depthMax) throw invalidAnswer(`Its answer is nested deeper than ${depthMax} levels.`);
  for (const [name, member] of Object.entries(value)) {
    if (name === "__proto__") throw invalidAnswer("Its answer has a member called __proto__.");
    refuseHarmful(member, depth + 1);
  }
}

function readPlain(text: string): unknown {
  const value = readJson(text);
  refuseHarmful(value, 0);
  return value;
}

/** A member by its name, never one that objects inherit. */
const memberOf = (value: unknown, name: string): unknown =>
  typeof value === "object" && value !== null && Object.hasOwn(value, name)
    ? (value as Row)[name]
    : undefined;

function resultsIn(answer: unknown, member: string | null): unknown {
  if (member === null) return answer;
  const results = memberOf(answer, member);
  if (results === undefined) throw invalidAnswer(`Its answer lacks the member "${member}".`);
  return results;
}

function plainJson({ url, rowsMember, resultsMember }: Upstream): RowPreset {
  return {
    url: new URL(url),
    isTogether: rowsMember !== null,
    body: (rows) => JSON.stringify(rowsMember === null ? rows[0] : { [rowsMember]: rows }),
    read: (text, count) => {
      const results = resultsIn(readPlain(text), resultsMember);
      if (rowsMember === null) return { results: [results] };
      if (!Array.isArray(results)) throw invalidAnswer("Its results are not a list, with one for each row.");
      if (results.length !== count)
        throw unusableValues(`It gave ${results.length} results for ${count} rows.`);
      return { results };
    },
  };
}

/** The full address, or the base that OpenAI's own clients are given. */
function chatUrl(url: string): URL {
  const address = new URL(url);
  if (/\/v1\/*$/.test(address.pathname))
    address.pathname = `${address.pathname.replace(/\/+$/, "")}/chat/completions`;
  return address;
}

/** What a person wants to say: the member `prompt`, or the first text there is. */
function promptOf(row: Row | undefined): string {
  const { prompt } = row ?? {};
  if (typeof prompt === "string") return prompt;
  const text = Object.values(row ?? {}).find((value) => typeof value === "string");
  return typeof text === "string" ? text : "";
}

function readChat(text: string): RowResults {
  const answer = readPlain(text);
  const choices = memberOf(answer, "choices");
  const choice: unknown = Array.isArray(choices) ? choices[0] : undefined;
  const content = memberOf(memberOf(choice, "message"), "content");
  if (typeof content !== "string") throw invalidAnswer("Its answer has no choices[0].message.content.");
  const reason = memberOf(choice, "finish_reason");
  const total = memberOf(memberOf(answer, "usage"), "total_tokens");
  return {
    results: [{ text: content, finish_reason: typeof reason === "string" ? reason : null }],
    tokens: Number.isSafeInteger(total) && (total as number) >= 0 ? (total as number) : 0,
  };
}

function chat({ url, model, systemPrompt, tokensMax }: Upstream): RowPreset {
  return {
    url: chatUrl(url),
    isTogether: false,
    body: ([row]) =>
      JSON.stringify({
        ...(model === null ? {} : { model }),
        messages: [
          ...(systemPrompt === null ? [] : [{ role: "system", content: systemPrompt }]),
          { role: "user", content: promptOf(row) },
        ],
        ...(tokensMax === null ? {} : { max_tokens: tokensMax }),
        stream: false,
      }),
    read: readChat,
  };
}

export const rowPreset = (upstream: Upstream): RowPreset =>
  upstream.preset === "chat" ? chat(upstream) : plainJson(upstream);
