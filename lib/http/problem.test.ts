import { describe, expect, test } from "vitest";
import { z } from "zod";
import { AppError, type ErrorCode, errorTable, isErrorCode } from "../core/errors";
import { asAppError, invalidInput, problemResponse, statusOfCode } from "./problem";

const codes = Object.keys(errorTable) as ErrorCode[];
const bodyOf = (error: AppError) => problemResponse(error, "req_1", "/api/x").json();

describe.each(codes)("%s", (code) => {
  test("has a status, a title, a page and a help text, and is written noun.reason", async () => {
    const status = statusOfCode(code);
    expect([400, 401, 403, 404, 405, 409, 413, 415, 422, 429, 500, 502, 503, 504]).toContain(status);
    expect(code).toMatch(/^[a-z]+\.[a-z_]+$/);
    expect(errorTable[code].title.length).toBeGreaterThan(5);
    expect(errorTable[code].help.length).toBeGreaterThan(20);
    const response = problemResponse(new AppError(code), "req_1", "/api/x");
    expect(response.status).toBe(status);
    expect(response.headers.get("content-type")).toBe("application/problem+json");
    expect(response.headers.get("cache-control")).toBe("no-store");
    expect(response.headers.get("x-request-id")).toBe("req_1");
    expect(response.headers.has("www-authenticate")).toBe(status === 401 || status === 403);
    expect(await response.json()).toMatchObject({
      type: `/problems/${code}`,
      title: errorTable[code].title,
      status,
      code,
      request_id: "req_1",
      instance: "/api/x",
    });
  });
});

describe("below /v2", () => {
  test.each(codes)("%s is an error of the Open Inference Protocol, with ours beside it", async (code) => {
    const response = problemResponse(new AppError(code, { detail: "A sentence." }), "req_1", "/v2/models/x");
    const status = statusOfCode(code) === 422 ? 400 : statusOfCode(code);
    expect(response.status).toBe(status);
    expect(response.headers.get("content-type")).toBe("application/json");
    expect(response.headers.has("www-authenticate")).toBe(status === 401 || status === 403);
    expect(await response.json()).toMatchObject({
      error: "A sentence.",
      detail: "A sentence.",
      status,
      code,
      request_id: "req_1",
    });
  });

  test("begins at its own address, and ends at others that are only called alike", () => {
    const typeAt = (path: string) =>
      problemResponse(new AppError("route.not_found"), "req_1", path).headers.get("content-type");
    for (const path of ["/v2", "/v2/", "/v2/models/x/infer"]) expect(typeAt(path)).toBe("application/json");
    for (const path of ["/v2x", "/v1/v2", "/api/v2", "/", ""])
      expect(typeAt(path)).toBe("application/problem+json");
  });
});

test("only what is in the table is a code", () => {
  expect(isErrorCode("auth.required")).toBe(true);
  for (const value of ["auth.nope", "", "constructor", "__proto__", "toString"])
    expect(isErrorCode(value)).toBe(false);
});

test("Retry-After is stated where it is known", () => {
  const response = problemResponse(
    new AppError("auth.too_many_attempts", { retryAfterSeconds: 42 }),
    "req_1",
  );
  expect(response.headers.get("retry-after")).toBe("42");
});

// Seen failing: with `detail: String(error)` in asAppError.
test.each([
  new Error("connect ECONNREFUSED postgresql://adyton:hunter2@10.0.0.5/adyton"),
  new TypeError("Cannot read properties of undefined (reading 'passwordHash')"),
  "a thrown text with hunter2",
  { code: "P9999", meta: { hunter2: true } },
  undefined,
  null,
])("what was not foreseen is a 500 that says nothing internal: %#", async (thrown) => {
  const error = asAppError(thrown);
  expect(error.cause).toBe(thrown);
  const text = JSON.stringify(await bodyOf(error));
  expect(statusOfCode(error.code)).toBe(500);
  expect(text).not.toMatch(/hunter2|postgres|passwordHash|P9999|stack|\.ts/i);
});

test.each(["P1008", "P2024", "P2028", "ECONNREFUSED", "57P01"])(
  "a database that says %s is a 503 with Retry-After",
  (code) => {
    const error = asAppError(Object.assign(new Error("internal"), { code }));
    expect([statusOfCode(error.code), error.retryAfterSeconds]).toEqual([503, 5]);
  },
);

test("an AppError of another copy of the module keeps its code", () => {
  const copy = Object.assign(new Error("Sign in first."), { name: "AppError", code: "auth.required" });
  expect(asAppError(copy).code).toBe("auth.required");
});

describe("an input that does not fit", () => {
  const schema = z.strictObject({
    name: z.string(),
    "a/b~c": z.number().min(3).optional(),
    list: z.array(z.strictObject({ kind: z.enum(["x", "y"]) })),
  });
  const faultsOf = (value: unknown) => {
    const parsed = schema.safeParse(value);
    return parsed.success ? [] : invalidInput(parsed.error, "body").faults;
  };

  test("names each fault by its RFC 6901 pointer, with what to do", () => {
    const faults = faultsOf({ name: 7, "a/b~c": 1, list: [{ kind: "x" }, { kind: "z" }], extra: 1 });
    expect(faults?.map(({ pointer }) => pointer).sort()).toEqual([
      "/a~1b~0c",
      "/extra",
      "/list/1/kind",
      "/name",
    ]);
    for (const { message, fix } of faults ?? []) expect(message.length * fix.length).toBeGreaterThan(0);
    expect(faults?.find(({ pointer }) => pointer === "/list/1/kind")?.fix).toContain('"x", "y"');
  });

  test("a value where an object belongs points at the whole", () => {
    expect(faultsOf("text")?.map(({ pointer }) => pointer)).toEqual([""]);
  });
});
