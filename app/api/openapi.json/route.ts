import { z } from "zod";
import { declaredRoutes } from "@/app/api/inventory";
import { sessionCookie } from "@/lib/http/cookies";
import { openApiDocument } from "@/lib/http/openapi";
import { type Declaration, route } from "@/lib/http/route";
import { env } from "@/lib/infra/env";
import packageJson from "@/package.json" with { type: "json" };

const declaration = {
  summary: "This API as an OpenAPI 3.1 document",
  auth: "anonymous",
  response: { status: 200, schema: z.record(z.string(), z.unknown()) },
} satisfies Declaration;

export const GET = route(declaration, async () => {
  const routes = [...declaredRoutes(), { method: "GET", path: "/api/openapi.json", declaration }];
  return openApiDocument(routes, env().baseUrl, sessionCookie(), packageJson.version);
});
