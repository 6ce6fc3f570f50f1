import { formatExact } from "@/app/_components/format-time";
import type { Column, Result } from "@/lib/models/schema";
import type { Version } from "../_parts/model-words";
import { formatBytes } from "../_parts/units";
import { tensorWords } from "../_signature/signature-words";
import { presetLabel } from "../_source/preset-words";

/** One thing that two versions do not have in common; "none" where one of them has no such thing. */
export type Difference = { what: string; older: string; newer: string };

type Facts = Map<string, string>;

/** Everything of a version that can differ, as words to read, in the order in which it is read. */
function factsOf(version: Version): Facts {
  const facts: Facts = new Map();
  const { file, upstream, signature } = version;
  facts.set("Runs as", file ? "ONNX file" : "service");
  if (file) {
    facts.set("SHA-256 of the file", file.sha256);
    facts.set("Size of the file", formatBytes(file.bytes));
  }
  if (upstream) addUpstream(facts, upstream);
  for (const spec of version.inputs) facts.set(`Input ${spec.name}`, tensorWords(spec));
  for (const spec of version.outputs) facts.set(`Output ${spec.name}`, tensorWords(spec));
  facts.set("Columns", signature.columns?.map(({ name }) => name).join(", ") ?? "tensors alone");
  for (const column of signature.columns ?? []) facts.set(`Column ${column.name}`, columnWords(column));
  addResult(facts, signature.result);
  facts.set("Note", version.note || "none");
  facts.set("Added", `${formatExact(Date.parse(version.created_at))} by ${version.created_by}`);
  return facts;
}

function addUpstream(facts: Facts, upstream: NonNullable<Version["upstream"]>): void {
  facts.set("Speaks", presetLabel(upstream.preset));
  facts.set("Address", upstream.url);
  facts.set("Model there", upstream.model ?? "none");
  facts.set("Rows go into", upstream.rows_member ?? "none");
  facts.set("Results come from", upstream.results_member ?? "none");
  facts.set("Instructions", upstream.system_prompt ?? "none");
  facts.set("Longest answer", upstream.tokens_max === null ? "none" : `${upstream.tokens_max} tokens`);
  facts.set("Secret headers", upstream.header_names.join(", ") || "none");
  facts.set("May be in the own network", upstream.is_private_allowed ? "yes" : "no");
}

function columnWords({ name: _, ...rest }: Column): string {
  return wordsOf(rest);
}

/** "kind number, unit cm, min 0": what says nothing is left out. */
const wordsOf = (members: Record<string, unknown>): string =>
  Object.entries(members)
    .filter(([, value]) => value !== null && value !== false)
    .map(
      ([name, value]) => `${name.replaceAll("_", " ")} ${Array.isArray(value) ? value.join(" | ") : value}`,
    )
    .join(", ");

function addResult(facts: Facts, result: Result): void {
  facts.set("Result", { classes: "a class", fields: "named values", raw: "as it comes" }[result.kind]);
  if (result.kind === "classes") {
    facts.set("Classes", result.labels.join(", "));
    facts.set("Probabilities from", result.probabilities ?? "none");
    facts.set("Class from", result.label ?? "none");
  }
  if (result.kind !== "fields") return;
  facts.set("Results", result.fields.map(({ name }) => name).join(", "));
  for (const { name, ...rest } of result.fields) facts.set(`Result ${name}`, wordsOf(rest));
}

export function compareVersions(older: Version, newer: Version): Difference[] {
  const before = factsOf(older);
  const after = factsOf(newer);
  const names = [...new Set([...before.keys(), ...after.keys()])];
  return names
    .map((what) => ({ what, older: before.get(what) ?? "none", newer: after.get(what) ?? "none" }))
    .filter(({ older, newer }) => older !== newer);
}
