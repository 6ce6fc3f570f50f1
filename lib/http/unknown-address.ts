import { AppError } from "../core/errors";
import { problemResponse } from "./problem";
import { originOf } from "./request-context";

/** Programs get a problem document for a mistyped address, not a page. */
export async function unknownAddress(request: Request): Promise<Response> {
  return problemResponse(
    new AppError("route.not_found"),
    originOf(request.headers).requestId,
    new URL(request.url).pathname,
  );
}
