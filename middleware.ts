import { type NextRequest, NextResponse } from "next/server";
import { gate } from "./lib/http/gate";
import { isOwnHost } from "./lib/http/host";

/** Our own host has asked the gate before it called Next; under any other host it is asked here. */
export async function middleware(request: NextRequest) {
  return (isOwnHost() ? null : await gate(request)) ?? NextResponse.next();
}

/**
 * Next keeps the first 10 MB of a body for the handler behind a middleware and drops the rest. Model files and the
 * rows of tasks are larger, so they go by: the handler authenticates by itself, as all of them do.
 */
export const config = {
  runtime: "nodejs",
  matcher: [
    "/((?!_next/static|icon.svg|api/v1/admin/model-files$|api/v1/tasks$|api/v1/tasks/estimate$).*)",
    {
      source: "/api/v1/admin/model-files",
      missing: [{ type: "header", key: "content-type", value: "application/octet-stream" }],
    },
    {
      source: "/api/v1/tasks",
      missing: [
        { type: "header", key: "content-type", value: "(text/csv|application/x-ndjson|application/jsonl).*" },
      ],
    },
    {
      source: "/api/v1/tasks/estimate",
      missing: [
        { type: "header", key: "content-type", value: "(text/csv|application/x-ndjson|application/jsonl).*" },
      ],
    },
  ],
};
