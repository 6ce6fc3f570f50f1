import { z } from "zod";
import { type ErrorCode, errorTable } from "../core/errors";
import { type Access, scopeOf } from "./access-table";
import { isInference, problemType, statusOfCode } from "./problem";
import { type Declaration, isSensitive } from "./route";

export type DeclaredRoute = { method: string; path: string; declaration: Declaration };

const problemSchema = {
  type: "object",
  required: ["type", "title", "status", "detail", "code", "request_id"],
  properties: {
    type: { type: "string", description: "A page that explains the problem" },
    title: { type: "string" },
    status: { type: "integer" },
    detail: { type: "string", description: "One plain sentence" },
    instance: { type: "string" },
    code: { type: "string", enum: Object.keys(errorTable) },
    request_id: { type: "string" },
    errors: {
      type: "array",
      items: {
        type: "object",
        required: ["pointer", "message", "fix"],
        properties: { pointer: { type: "string" }, message: { type: "string" }, fix: { type: "string" } },
      },
    },
  },
};

/** The body that the Open Inference Protocol wants, with ours beside it. */
const inferenceProblemSchema = {
  allOf: [
    {
      type: "object",
      required: ["error"],
      properties: { error: { type: "string", description: "One plain sentence" } },
    },
    { $ref: "#/components/schemas/Problem" },
  ],
};

const problemOf = (path: string): string => (isInference(path) ? "InferenceProblem" : "Problem");

export const schemaOf = (schema: z.ZodType, io: "input" | "output") => {
  const { $schema: _, ...json } = z.toJSONSchema(schema, { io, unrepresentable: "any" });
  return json;
};

const queryParameters = (schema: z.ZodType) => {
  const { properties = {}, required = [] } = schemaOf(schema, "input");
  return Object.entries(properties).map(([name, property]) => ({
    name,
    in: "query",
    required: required.includes(name),
    schema: property,
  }));
};

const pathParameters = (path: string) =>
  [...path.matchAll(/\{([a-z_]+)\}/g)].map(([, name]) => ({
    name,
    in: "path",
    required: true,
    schema: { type: "string" },
  }));

const idempotencyParameter = {
  name: "Idempotency-Key",
  in: "header",
  required: false,
  description: "Makes a repeated request safe: the same key and body answer as the first time, for 24 hours.",
  schema: { type: "string", maxLength: 255 },
};

/** The codes a route may answer with, by status: those it names and those every route of its kind has. */
function problemsOf({ path, method, declaration }: DeclaredRoute): Map<number, ErrorCode[]> {
  const { auth, query, body = declaration.ownBody, idempotent, errors = [] } = declaration;
  const codes: ErrorCode[] = ["request.two_credentials", "service.error", "service.unavailable", ...errors];
  const hasBody = body !== undefined || declaration.bytes !== undefined;
  if (auth !== "anonymous") codes.push("auth.required", "auth.invalid_token");
  if (auth !== "anonymous") codes.push("rate.limited");
  if (auth === "admin") codes.push("auth.forbidden");
  if (scopeOf(auth) !== null) codes.push("auth.scope_missing");
  if (isSensitive(declaration, method)) codes.push("auth.step_up_required");
  if (query || body) codes.push("request.invalid");
  if (hasBody)
    codes.push("request.malformed", "request.unsupported_type", "request.too_large", "request.cross_site");
  if (idempotent) codes.push("request.in_progress", "request.idempotency_key_reused");
  const byStatus = new Map<number, ErrorCode[]>();
  for (const code of new Set(codes)) {
    const status = statusOfCode(code, path);
    byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  }
  return byStatus;
}

/** Any one of these will do; no API key has the scope `account`. */
function securityOf(auth: Access) {
  if (auth === "anonymous") return [];
  const people = [{ cookieAuth: [] }, { bearerAuth: [] }];
  return scopeOf(auth) === "account" ? people : [...people, { apiKeyHeader: [] }];
}

const tags = [
  ["/api/v1/keys", "API keys"],
  ["/api/v1/models", "Models"],
  ["/api/v1/predictions", "Predictions"],
  ["/api/v1/tasks", "Tasks"],
] as const;

function tagOf(path: string): string {
  if (isInference(path)) return "Open Inference Protocol";
  if (path.includes("/admin/")) return "Administration";
  if (/\/(auth|oauth|\.well-known)\//.test(path)) return "Sign-in";
  return tags.find(([start]) => path.startsWith(start))?.[1] ?? "Operations";
}

const binary = { type: "string", format: "binary" } as const;
const requestIdAnswer = { "X-Request-Id": { schema: { type: "string" } } };

function operation(route: DeclaredRoute) {
  const { method, path, declaration } = route;
  const { summary, description, auth, query, form, bytes, upload, response, idempotent } = declaration;
  const body = declaration.body ?? declaration.ownBody;
  const content = response.schema
    ? { "application/json": { schema: schemaOf(response.schema, "output") } }
    : response.contentType
      ? { [response.contentType]: { schema: { type: "string" } } }
      : undefined;
  const problems = [...problemsOf(route)]
    .sort(([a], [b]) => a - b)
    .map(([status, codes]) => [
      String(status),
      {
        description: codes.map((code) => `${code}: ${errorTable[code].title}`).join("; "),
        headers:
          status === 429 || status === 503
            ? { ...requestIdAnswer, "Retry-After": { schema: { type: "integer" } } }
            : requestIdAnswer,
        content: { [problemType(path)]: { schema: { $ref: `#/components/schemas/${problemOf(path)}` } } },
      },
    ]);
  return {
    operationId: `${method.toLowerCase()}${path.replace(/[^a-z0-9]+/gi, "_").replace(/_$/, "")}`,
    summary,
    ...(description ? { description } : {}),
    tags: [tagOf(path)],
    "x-access": auth,
    security: securityOf(auth),
    parameters: [
      ...pathParameters(path),
      ...(query ? queryParameters(query) : []),
      // What an upload says in its address, JSON says in itself.
      ...(upload ? queryParameters(upload.query).map((each) => ({ ...each, required: false })) : []),
      ...(idempotent ? [idempotencyParameter] : []),
    ],
    ...(body
      ? {
          requestBody: {
            required: !declaration.isBodyOptional,
            content: {
              "application/json": { schema: schemaOf(body, "input") },
              ...Object.fromEntries((upload?.types ?? []).map((type) => [type, { schema: binary }])),
            },
          },
        }
      : {}),
    ...(bytes
      ? {
          requestBody: {
            required: true,
            content: { [bytes]: { schema: binary } },
          },
        }
      : {}),
    ...(form
      ? {
          requestBody: {
            required: true,
            content: { "application/x-www-form-urlencoded": { schema: schemaOf(form, "input") } },
          },
        }
      : {}),
    responses: {
      [response.status]: { description: "Done", headers: requestIdAnswer, ...(content ? { content } : {}) },
      ...Object.fromEntries(problems),
    },
  };
}

export function openApiDocument(
  routes: DeclaredRoute[],
  baseUrl: string,
  cookieName: string,
  version: string,
) {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const declared of routes) {
    paths[declared.path] = { ...paths[declared.path], [declared.method.toLowerCase()]: operation(declared) };
  }
  return {
    openapi: "3.1.0",
    info: {
      title: "Adyton",
      version,
      description: "Your prediction model behind a safe door.",
      license: { name: "MIT", identifier: "MIT" },
    },
    servers: [{ url: baseUrl }],
    paths,
    components: {
      schemas: { Problem: problemSchema, InferenceProblem: inferenceProblemSchema },
      securitySchemes: {
        cookieAuth: { type: "apiKey", in: "cookie", name: cookieName },
        bearerAuth: {
          type: "http",
          scheme: "bearer",
          bearerFormat: "JWT",
          description: "An access token, or an API key.",
        },
        apiKeyHeader: { type: "apiKey", in: "header", name: "X-API-Key" },
      },
    },
  };
}
