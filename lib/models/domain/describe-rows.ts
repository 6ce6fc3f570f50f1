import type { TensorSpec } from "../../runners/domain";
import type { Column, Field } from "../schema";
import { classSources } from "./decode-classes";
import { exampleRow } from "./example-row";
import { isFloat, isText } from "./number-ranges";
import { type About, isPerRow, rowShapeOf, shapeText, takesTensors } from "./place-columns";

export type JsonSchema = { [member: string]: unknown };

/** What one row looks like, as JSON Schema 2020-12. */
export function rowSchema(about: Pick<About, "inputs" | "signature" | "runner" | "preset">): JsonSchema {
  const { columns } = about.signature;
  if (columns)
    return {
      type: "object",
      properties: Object.fromEntries(columns.map((column) => [column.name, columnSchema(column)])),
      required: columns.map(({ name }) => name),
      additionalProperties: false,
      examples: [exampleRow(about)],
    };
  if (!takesTensors(about))
    return { type: "object", description: "Whatever the service behind the model takes." };
  return {
    type: "object",
    properties: Object.fromEntries(about.inputs.map((spec) => [spec.name, tensorSchema(spec)])),
    required: about.inputs.map(({ name }) => name),
    additionalProperties: false,
  };
}

/** What the model gives for one row. */
export function outputSchema({ outputs, signature, ...about }: Omit<About, "inputs">): JsonSchema {
  const { result } = signature;
  switch (result.kind) {
    case "classes": {
      const probability = { type: "number", minimum: 0, maximum: 1 };
      const hasTensors = takesTensors(about);
      const hasProbabilities = !hasTensors || classSources(result, outputs).probabilities !== null;
      return {
        type: "object",
        properties: {
          label: { type: "string", enum: result.labels },
          ...(hasProbabilities
            ? {
                probability: { ...probability, description: "Of the label." },
                probabilities: {
                  type: "object",
                  description: "Of every class.",
                  additionalProperties: probability,
                },
              }
            : {}),
        },
        required: hasTensors && hasProbabilities ? ["label", "probability", "probabilities"] : ["label"],
      };
    }
    case "fields":
      return {
        type: "object",
        properties: Object.fromEntries(result.fields.map((field) => [field.name, fieldSchema(field)])),
        required: result.fields.map(({ name }) => name),
        additionalProperties: false,
      };
    case "raw":
      return takesTensors(about)
        ? {
            type: "object",
            description: "NaN and infinite numbers are null; whole numbers beyond 2^53 are text of digits.",
            properties: Object.fromEntries(outputs.map((spec) => [spec.name, rawSchema(spec)])),
          }
        : { description: "Whatever the service behind the model answers." };
  }
}

/** Members that are there only when they say something. */
const given = (members: JsonSchema): JsonSchema =>
  Object.fromEntries(Object.entries(members).filter(([, value]) => value !== null && value !== ""));

const sentence = (...parts: (string | null)[]): string =>
  parts.filter((part) => part !== null && part !== "").join(" ");

const unitWords = (unit: string | null): string | null => (unit === null ? null : `In ${unit}.`);

const jsonTypes = {
  number: "number",
  integer: "integer",
  boolean: "boolean",
  category: "string",
  text: "string",
} as const;

function columnSchema(column: Column): JsonSchema {
  return given({
    type: jsonTypes[column.kind],
    title: column.title,
    description: sentence(column.description, unitWords(column.unit)),
    minimum: column.min,
    maximum: column.max,
    enum: column.categories,
    maxLength: column.length_max,
    examples: column.example === null ? null : [column.example],
  });
}

function fieldSchema(field: Field): JsonSchema {
  return given({
    type: jsonTypes[field.kind],
    title: field.title,
    description: sentence(unitWords(field.unit)),
    minimum: field.min,
    maximum: field.max,
    enum: field.categories,
  });
}

function valueSchema({ datatype }: TensorSpec): JsonSchema {
  if (isText(datatype)) return { type: "string" };
  if (datatype === "BOOL") return { type: "boolean" };
  if (isFloat(datatype)) return { type: "number" };
  return datatype === "INT64" || datatype === "UINT64"
    ? { type: ["integer", "string"] }
    : { type: "integer" };
}

const listsOf = (inner: JsonSchema, shape: readonly number[]): JsonSchema =>
  shape.reduceRight<JsonSchema>(
    (items, size) => ({
      type: "array",
      items,
      ...(size === -1 ? {} : { minItems: size, maxItems: size }),
    }),
    inner,
  );

const tensorSchema = (spec: TensorSpec): JsonSchema => ({
  ...listsOf(valueSchema(spec), spec.shape),
  description: sentence(
    `${spec.datatype} of the shape ${shapeText(spec.shape)}.`,
    isPerRow(spec) ? "The first n is the number of rows." : null,
  ),
});

/** One row of an output; numbers can be null where the model gave none. */
function rawSchema(spec: TensorSpec): JsonSchema {
  const value = valueSchema(spec);
  return listsOf(isFloat(spec.datatype) ? { type: ["number", "null"] } : value, rowShapeOf(spec));
}
