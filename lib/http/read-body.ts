import { AppError, invalid } from "../core/errors";
import { escapePointer } from "./problem";

export const jsonBytesMax = 1024 * 1024;
const depthMax = 64;

/** A request of our own host reads its body without the web's streams. */
type OwnRequest = Request & { readBytes: (bytesMax: number) => Promise<Uint8Array> };
const isOwn = (request: Request): request is OwnRequest => "readBytes" in request;

const decoder = new TextDecoder("utf-8", { fatal: true });

/** The body as text, never more of it in memory than the limit. */
export async function readText(request: Request, bytesMax = jsonBytesMax): Promise<string> {
  const bytes = await (isOwn(request) ? request.readBytes(bytesMax) : readBytes(request, bytesMax));
  try {
    return decoder.decode(bytes);
  } catch (cause) {
    throw new AppError("request.malformed", { detail: "The body is not valid UTF-8.", cause });
  }
}

async function readBytes({ body }: Request, bytesMax: number): Promise<Uint8Array> {
  if (!body) return new Uint8Array();
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body as unknown as AsyncIterable<Uint8Array>) {
    size += chunk.byteLength;
    if (size > bytesMax) throw new AppError("request.too_large");
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

export const isJson = (request: Request): boolean =>
  /^application\/([\w.+-]+\+)?json\s*(;|$)/i.test(request.headers.get("content-type") ?? "");

const isPacked = ({ headers }: Request): boolean =>
  !/^(identity)?$/i.test(headers.get("content-encoding") ?? "");

/** Is the body bytes of one of these types, to be taken as they are? */
export function isSentAs(request: Request, types: readonly string[]): boolean {
  const [sent = ""] = (request.headers.get("content-type") ?? "").split(";");
  return types.includes(sent.trim().toLowerCase()) && !isPacked(request);
}

/** For a body that is taken as it is. Unpacking one would undo the bound on its size. */
export function requireType(request: Request, type: string): void {
  if (isSentAs(request, [type])) return;
  const detail = `Send the bytes themselves, not packed, with the header Content-Type: ${type}.`;
  throw new AppError("request.unsupported_type", { detail });
}

export function parseJson(request: Request, text: string): unknown {
  if (!isJson(request)) throw new AppError("request.unsupported_type");
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new AppError("request.malformed", { detail: "The body is not valid JSON.", cause });
  }
  if (isHarmful(value, 0)) refuseHarmful(value, "", 0);
  return value;
}

/** Too deep to be meant, or named to reach an object's prototype. */
function isHarmful(value: unknown, depth: number): boolean {
  if (value === null || typeof value !== "object") return false;
  if (depth > depthMax) return true;
  if (Array.isArray(value)) return value.some((member) => isHarmful(member, depth + 1));
  if (Object.hasOwn(value, "__proto__")) return true;
  for (const key in value) if (isHarmful((value as Record<string, unknown>)[key], depth + 1)) return true;
  return false;
}

/** Says which value it is; to note its place for every value of every body would take longer than to read them. */
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
