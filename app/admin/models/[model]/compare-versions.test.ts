import { expect, test } from "vitest";
import type { Version } from "../_parts/model-words";
import { compareVersions } from "./compare-versions";

const version: Version = {
  number: 1,
  runner: "onnx",
  file: { sha256: "a".repeat(64), bytes: 2_048 },
  upstream: null,
  inputs: [{ name: "x", datatype: "FP32", shape: [-1, 2] }],
  outputs: [{ name: "y", datatype: "FP32", shape: [-1, 1] }],
  signature: {
    columns: [
      {
        name: "age",
        title: null,
        description: null,
        kind: "number",
        unit: null,
        min: 0,
        max: null,
        categories: null,
        one_hot: false,
        length_max: null,
        example: null,
        tensor: null,
      },
    ],
    result: { kind: "raw" },
  },
  note: "",
  created_at: "2026-07-01T12:00:00.000Z",
  created_by: "Ada",
  is_stable: true,
  is_next: false,
};

test("a version does not differ from itself, whatever place it has now", () => {
  expect(compareVersions(version, { ...version, number: 2, is_stable: false, is_next: true })).toEqual([]);
});

test("file, tensors, names and note are compared, each thing once", () => {
  const [column] = version.signature.columns ?? [];
  const newer: Version = {
    ...version,
    number: 2,
    file: { sha256: "b".repeat(64), bytes: 2_048 },
    inputs: [{ name: "x", datatype: "FP32", shape: [-1, 3] }],
    outputs: [...version.outputs, { name: "z", datatype: "INT64", shape: [-1] }],
    signature: {
      columns: column ? [{ ...column, unit: "years" }] : [],
      result: { kind: "classes", labels: ["no", "yes"], probabilities: "y", label: null },
    },
    note: "Retrained",
  };
  expect(compareVersions(version, newer)).toEqual([
    { what: "SHA-256 of the file", older: "a".repeat(64), newer: "b".repeat(64) },
    { what: "Input x", older: "FP32, any number of rows × 2", newer: "FP32, any number of rows × 3" },
    { what: "Column age", older: "kind number, min 0", newer: "kind number, unit years, min 0" },
    { what: "Result", older: "as it comes", newer: "a class" },
    { what: "Note", older: "none", newer: "Retrained" },
    { what: "Output z", older: "none", newer: "INT64, any number of rows" },
    { what: "Classes", older: "none", newer: "no, yes" },
    { what: "Probabilities from", older: "none", newer: "y" },
  ]);
});

test("a service takes the place of a file: what only one of them has is none for the other", () => {
  const service: Version = {
    ...version,
    runner: "http",
    file: null,
    upstream: {
      preset: "json",
      url: "https://models.example.org/predict",
      model: null,
      rows_member: null,
      results_member: null,
      system_prompt: null,
      tokens_max: null,
      is_private_allowed: false,
      header_names: ["Authorization"],
    },
  };
  const differences = compareVersions(version, service);
  expect(differences).toContainEqual({ what: "Runs as", older: "ONNX file", newer: "service" });
  expect(differences).toContainEqual({ what: "Secret headers", older: "none", newer: "Authorization" });
});
