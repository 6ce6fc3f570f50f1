import { z } from "zod";
import { POST as predict } from "@/app/api/v1/predictions/route";
import { sessionCookie } from "@/lib/http/cookies";
import { modelOpenApi } from "@/lib/http/model-openapi";
import { route } from "@/lib/http/route";
import { env } from "@/lib/infra/env";
import { findUsableModel } from "@/lib/models/queries";
import packageJson from "@/package.json" with { type: "json" };

export const GET = route(
  {
    summary: "How to call one model, as an OpenAPI 3.1 document",
    description:
      "With the names, units and bounds of its columns and results: for programs that make clients.",
    auth: "member:models:read",
    response: { status: 200, schema: z.record(z.string(), z.unknown()) },
    errors: ["model.not_found"],
  },
  async ({ actor, params }) =>
    modelOpenApi(
      await findUsableModel(actor, params.model ?? ""),
      { method: "POST", path: "/api/v1/predictions", declaration: predict.declaration },
      { baseUrl: env().baseUrl, cookieName: sessionCookie(), version: packageJson.version },
    ),
);
