import { z } from "zod";
import { type ErrorCode, errorTable } from "../core/errors";
import { type Access, scopeOf } from "./access-table";
import { statusOfCode } from "./problem";
import type { Declaration } from "./route";

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

const schemaOf = (schema: z.ZodType, io: "input" | "output") => {
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
function problemsOf({ auth, query, body, idempotent, errors = [] }: Declaration): Map<number, ErrorCode[]> {
  const codes: ErrorCode[] = ["request.two_credentials", "service.error", "service.unavailable", ...errors];
  if (auth !== "anonymous") codes.push("auth.required", "auth.invalid_token");
  if (auth !== "anonymous") codes.push("rate.limited");
  if (auth === "admin") codes.push("auth.forbidden");
  if (scopeOf(auth) !== null) codes.push("auth.scope_missing");
  if (query || body) codes.push("request.invalid");
  if (body)
    codes.push("request.malformed", "request.unsupported_type", "request.too_large", "request.cross_site");
  if (idempotent) codes.push("request.in_progress", "request.idempotency_key_reused");
  const byStatus = new Map<number, ErrorCode[]>();
  for (const code of new Set(codes))
    byStatus.set(statusOfCode(code), [...(byStatus.get(statusOfCode(code)) ?? []), code]);
  return byStatus;
}

/** Any one of these will do; no API key has the scope `account`. */
function securityOf(auth: Access) {
  if (auth === "anonymous") return [];
  const people = [{ cookieAuth: [] }, { bearerAuth: [] }];
  return scopeOf(auth) === "account" ? people : [...people, { apiKeyHeader: [] }];
}

function tagOf(path: string): string {
  if (path.includes("/admin/")) return "Administration";
  if (/\/(auth|oauth|\.well-known)\//.test(path)) return "Sign-in";
  return path.startsWith("/api/v1/keys") ? "API keys" : "Operations";
}

const requestIdAnswer = { "X-Request-Id": { schema: { type: "string" } } };

function operation({ method, path, declaration }: DeclaredRoute) {
  const { summary, description, auth, query, body, form, response, idempotent } = declaration;
  const content = response.schema
    ? { "application/json": { schema: schemaOf(response.schema, "output") } }
    : response.contentType
      ? { [response.contentType]: { schema: { type: "string" } } }
      : undefined;
  const problems = [...problemsOf(declaration)]
    .sort(([a], [b]) => a - b)
    .map(([status, codes]) => [
      String(status),
      {
        description: codes.map((code) => `${code}: ${errorTable[code].title}`).join("; "),
        headers:
          status === 429 || status === 503
            ? { ...requestIdAnswer, "Retry-After": { schema: { type: "integer" } } }
            : requestIdAnswer,
        content: { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } },
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
      ...(idempotent ? [idempotencyParameter] : []),
    ],
    ...(body
      ? {
          requestBody: {
            required: true,
            content: { "application/json": { schema: schemaOf(body, "input") } },
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
      schemas: { Problem: problemSchema },
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
