import { AppError, invalid } from "../core/errors";
import { escapePointer } from "./problem";

export const jsonBytesMax = 1024 * 1024;
const depthMax = 64;

/** The body as text, never more of it in memory than the limit. */
export async function readText(request: Request, bytesMax = jsonBytesMax): Promise<string> {
  if (!request.body) return "";
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body as unknown as AsyncIterable<Uint8Array>) {
    size += chunk.byteLength;
    if (size > bytesMax) throw new AppError("request.too_large");
    chunks.push(chunk);
  }
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(Buffer.concat(chunks));
  } catch (cause) {
    throw new AppError("request.malformed", { detail: "The body is not valid UTF-8.", cause });
  }
}

export function parseJson(request: Request, text: string): unknown {
  const type = request.headers.get("content-type") ?? "";
  if (!/^application\/([\w.+-]+\+)?json\s*(;|$)/i.test(type)) throw new AppError("request.unsupported_type");
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new AppError("request.malformed", { detail: "The body is not valid JSON.", cause });
  }
  refuseHarmful(value, "", 0);
  return value;
}

/** Too deep to be meant, or named to reach an object's prototype. */
function refuseHarmful(value: unknown, pointer: string, depth: number): void {
  if (value === null || typeof value !== "object") return;
  if (depth > depthMax)
    throw invalid(pointer, `The body is nested deeper than ${depthMax} levels.`, "Send a flatter value.");
  for (const [key, member] of Object.entries(value)) {
    const place = `${pointer}/${escapePointer(key)}`;
    if (key === "__proto__") throw invalid(place, "The member __proto__ is not accepted.", "Remove it.");
    refuseHarmful(member, place, depth + 1);
  }
}
