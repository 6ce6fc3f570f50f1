import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { errorTable } from "@/lib/core/errors";
import { findRoute, methods, routeAccess } from "@/lib/http/access-table";
import { openApiDocument } from "@/lib/http/openapi";
import { declaredRoutes, inventory } from "./inventory";
import * as openapiRoute from "./openapi.json/route";

const folder = path.resolve("app");
/** Made by hand, with reasons: NextAuth's own, the answer to mistyped addresses, the document itself. */
const besides = ["/api/auth/[...nextauth]", "/api/[...unknown]", "/v2/[...unknown]", "/api/openapi.json"];

const onDisk = (readdirSync(folder, { recursive: true }) as string[])
  .filter((file) => file.endsWith("route.ts"))
  .map((file) => `/${path.dirname(file)}`);
const documented = [
  ...declaredRoutes(),
  { method: "GET", path: "/api/openapi.json", declaration: openapiRoute.GET.declaration },
];

test("the inventory holds every route file and no other", () => {
  const expected = onDisk
    .filter((address) => !besides.includes(address))
    .map((address) => address.replaceAll(/\[(\w+)\]/g, "{$1}"));
  expect(Object.keys(inventory).sort()).toEqual(expected.sort());
  for (const address of besides) expect(onDisk).toContain(address);
});

// Seen failing: with one line of routeAccess removed, or one access word changed.
test("the authorisation table says the same as the declarations, route by route", () => {
  const declared = documented.map(({ method, path, declaration }) => [`${method} ${path}`, declaration.auth]);
  expect(Object.fromEntries(declared)).toEqual(routeAccess);
});

test("every export of a route file is a declared method", () => {
  for (const { method, declaration } of documented) {
    expect(methods).toContain(method);
    expect(declaration?.summary).toBeTruthy();
  }
});

test("every route file but NextAuth's and the unknown address goes through route(), oauthRoute() or modelRoute()", () => {
  for (const address of onDisk) {
    const text = readFileSync(path.join(folder, address, "route.ts"), "utf8");
    const way = address.startsWith("/oauth/")
      ? "oauth-route"
      : address.startsWith("/v2/models/")
        ? "oip-route"
        : "route";
    if (!besides.slice(0, 3).includes(address)) expect(text, address).toContain(`from "@/lib/http/${way}"`);
    expect(text, address).not.toContain("next/headers");
  }
});

test("everything that only administrators may call lies below /admin/, and nothing else does", () => {
  for (const [route, access] of Object.entries(routeAccess))
    expect(route.includes("/api/v1/admin/"), route).toBe(access === "admin");
});

test("other spellings of an address are not that address", () => {
  for (const path of [
    "/api/v1/admin/users/",
    "/api/v1/admin//users",
    "/API/v1/admin/users",
    "/api/v1/admin/users/a/b",
    "/api/auth/mex",
    "/api/healthxlive",
  ])
    expect(findRoute(path), path).toBeUndefined();
});

describe("the OpenAPI document", () => {
  const document = openApiDocument(documented, "http://localhost:3000", "adyton.session", "1.2.3");
  type Operation = {
    operationId: string;
    summary: string;
    security: unknown[];
    parameters: { name: string; in: string; required: boolean; schema: unknown }[];
    responses: Record<string, { description: string; content?: Record<string, unknown> }>;
    "x-access": string;
  };
  const operations = Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) => ({ path, method, operation: operation as Operation })),
  );

  test("is OpenAPI 3.1 with a title, a version and a server", () => {
    expect(document).toMatchObject({ openapi: "3.1.0", info: { title: "Adyton", version: "1.2.3" } });
    expect(document.servers).toEqual([{ url: "http://localhost:3000" }]);
  });

  test("lists every declared route, and who may call it", () => {
    const listed = operations.map(({ path, method, operation }) => [
      `${method.toUpperCase()} ${path}`,
      operation["x-access"],
    ]);
    expect(Object.fromEntries(listed)).toEqual(routeAccess);
  });

  test("has unique operation ids that are valid names in any language", () => {
    const ids = operations.map(({ operation }) => operation.operationId);
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids) expect(id).toMatch(/^[a-z][a-z0-9_]*$/);
  });

  test("names every parameter of a path exactly once", () => {
    for (const { path, operation } of operations) {
      const named = operation.parameters.filter((parameter) => parameter.in === "path");
      expect(named.map(({ name }) => `{${name}}`)).toEqual(path.match(/\{\w+\}/g) ?? []);
      expect(named.every(({ required }) => required)).toBe(true);
    }
  });

  test("resolves every $ref, and is plain JSON", () => {
    const refs: string[] = [];
    const visit = (value: unknown): void => {
      if (value === null || typeof value !== "object") return;
      for (const [key, member] of Object.entries(value)) {
        if (key === "$ref") refs.push(String(member));
        visit(member);
      }
    };
    visit(document);
    expect(refs.length).toBeGreaterThan(0);
    for (const ref of new Set(refs)) {
      expect(ref).toMatch(/^#\//);
      const parts = ref.slice(2).split("/");
      const target = parts.reduce<unknown>(
        (value, part) => (value as Record<string, unknown>)?.[part],
        document,
      );
      expect(target, ref).toBeDefined();
    }
    expect(JSON.parse(JSON.stringify(document))).toEqual(document);
  });

  test("says for each route what it answers, 401 where a session is needed and 403 where a role is", () => {
    for (const { operation } of operations) {
      const statuses = Object.keys(operation.responses);
      expect(statuses.filter((status) => /^20[0-4]$/.test(status))).toHaveLength(1);
      const access = operation["x-access"];
      if (access !== "anonymous") expect(statuses).toContain("401");
      if (access === "admin") expect(statuses).toContain("403");
      expect(operation.security.length > 0).toBe(access !== "anonymous");
      for (const { description } of Object.values(operation.responses)) expect(description).not.toBe("");
    }
  });

  test("knows every error code", () => {
    expect(document.components.schemas.Problem.properties.code.enum).toEqual(Object.keys(errorTable));
  });
});
