import { parseBigJson } from "../core/big-json";
import { AppError } from "../core/errors";
import { isJson, readText } from "./read-body";

/** The header with which clients announce that values follow behind the JSON. */
const binaryHeader = "inference-header-content-length";

/** The body as JSON in which no digit of a whole number is lost. */
export async function readInferBody(request: Request): Promise<unknown> {
  const { headers } = request;
  if (headers.has(binaryHeader))
    throw new AppError("request.malformed", {
      detail:
        "Binary tensor data is not offered here. Send the values as JSON (tritonclient: set_data_from_numpy(..., binary_data=False)).",
    });
  const encoding = headers.get("content-encoding") ?? "identity";
  if (encoding !== "identity")
    throw new AppError("request.unsupported_type", {
      detail: "Compressed bodies are not accepted here. Send the JSON as it is.",
      headers: { "accept-encoding": "identity" },
    });
  // Clients of servers that never look at the content type may send none.
  if (headers.get("content-type") && !isJson(request)) throw new AppError("request.unsupported_type");
  const text = await readText(request);
  try {
    return parseBigJson(text);
  } catch (cause) {
    throw new AppError("request.malformed", { detail: "The body is not valid JSON.", cause });
  }
}
