import { describe, expect, test } from "vitest";
import { laneTable } from "./lane-table";
import type { RouteHandler } from "./route";

const handler = (name: string) => ({ name }) as unknown as RouteHandler;
const plain = handler("plain");
const infer = handler("infer");
const versioned = handler("versioned");
const find = laneTable({
  "GET /api/v1/verify": plain,
  "POST /v2/models/{model}/infer": infer,
  "POST /v2/models/{model}/versions/{version}/infer": versioned,
});

describe("the table of the fast lane", () => {
  test.each<[string, string, RouteHandler | null, Record<string, string>]>([
    ["GET", "/api/v1/verify", plain, {}],
    ["POST", "/api/v1/verify", null, {}],
    ["GET", "/api/v1/verify/", null, {}],
    ["POST", "/v2/models/iris/infer", infer, { model: "iris" }],
    ["GET", "/v2/models/iris/infer", null, {}],
    ["POST", "/v2/models/a%20b/infer", infer, { model: "a b" }],
    ["POST", "/v2/models/iris/versions/2/infer", versioned, { model: "iris", version: "2" }],
    ["POST", "/v2/models/iris/versions/2", null, {}],
    ["POST", "/v2/models//infer", null, {}],
    ["POST", "/v2/models/{model}/infer", infer, { model: "{model}" }],
    ["POST", "/v2/models/%zz/infer", null, {}],
  ])("%s %s", (method, path, expected, params) => {
    const stop = find(method, path);
    expect(stop?.handler ?? null).toBe(expected);
    expect(stop?.params ?? {}).toEqual(params);
  });
});
