import { outputSchema, rowSchema } from "../models/domain/describe-rows";
import { exampleRow } from "../models/domain/example-row";
import type { LiveModel } from "../models/queries";
import { predictView } from "../predictions/schema";
import { type DeclaredRoute, openApiDocument, schemaOf } from "./openapi";

type Install = { baseUrl: string; cookieName: string; version: string };

const rowRef = { $ref: "#/components/schemas/Row" };
const outputRef = { $ref: "#/components/schemas/Output" };

/**
 * The call of one model as an OpenAPI document of its own, with the names of its columns and results: what a
 * program that makes clients needs. `predictions` is the declaration of that call for all models.
 */
export function modelOpenApi(model: LiveModel, predictions: DeclaredRoute, install: Install) {
  const { baseUrl, cookieName, version } = install;
  const document = openApiDocument([predictions], baseUrl, cookieName, version);
  const method = predictions.method.toLowerCase();
  const operation = document.paths[predictions.path]?.[method] as { responses: Record<string, object> };
  const { status } = predictions.declaration.response;
  const { inputs, outputs, signature, runner, upstream, number } = model.stable;
  const about = { inputs, outputs, signature, runner, preset: upstream?.preset ?? null };
  return {
    ...document,
    info: {
      ...document.info,
      title: model.title,
      version: String(number),
      ...(model.description ? { description: model.description } : {}),
    },
    paths: {
      [predictions.path]: {
        [method]: {
          ...operation,
          operationId: `predict_${model.name.replace(/\W/g, "_")}`,
          summary: `Predict with ${model.title}`,
          requestBody: {
            required: true,
            content: json(bodySchema(model), bodyExamples(model, exampleRow(about))),
          },
          responses: {
            ...operation.responses,
            [status]: { ...operation.responses[status], content: json(answerSchema(model)) },
          },
        },
      },
    },
    components: {
      ...document.components,
      schemas: { ...document.components.schemas, Row: rowSchema(about), Output: outputSchema(about) },
    },
  };
}

const json = (schema: object, examples?: object) => ({
  "application/json": { schema, ...(examples ? { examples } : {}) },
});

/** One row as `input`, or several as `inputs`. */
function bodySchema({ name, rowsMax, versions }: LiveModel) {
  const version = {
    description: "Left out: the version in use.",
    enum: ["stable", "next", ...versions.keys()],
  };
  const either = (member: string, schema: object) => ({
    type: "object",
    required: ["model", member],
    properties: { model: { const: name }, version, [member]: schema },
    additionalProperties: false,
  });
  return {
    oneOf: [
      either("input", rowRef),
      either("inputs", { type: "array", items: rowRef, minItems: 1, maxItems: rowsMax }),
    ],
  };
}

const bodyExamples = ({ name }: LiveModel, row: Record<string, unknown>) => ({
  one: { summary: "One row", value: { model: name, input: row } },
  several: { summary: "Several rows", value: { model: name, inputs: [row, row] } },
});

function answerSchema({ name }: LiveModel) {
  const { properties = {}, ...schema } = schemaOf(predictView, "output");
  return {
    ...schema,
    properties: {
      ...properties,
      model: { const: name },
      output: outputRef,
      outputs: { type: "array", items: outputRef },
    },
  };
}
