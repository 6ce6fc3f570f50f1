import { readdirSync } from "node:fs";
import path from "node:path";
import { markOwnHost, peerHeader } from "../http/host";
import { rememberSecret } from "./leaks";

type Handler = (request: Request, context: { params: Promise<Record<string, string>> }) => Promise<Response>;

export type Call = {
  /** Sent as JSON; a string, a stream or bytes go as they are. */
  body?: unknown;
  headers?: Record<string, string>;
  /** Somebody who is signed in. */
  as?: { cookie: string } | undefined;
  /** The address the request comes from, as our own host would state it. */
  from?: string;
};

export type Answer<T> = { status: number; headers: Headers; text: string; body: T };
export type Problem = {
  type: string;
  title: string;
  status: number;
  detail: string;
  code: string;
  request_id: string;
  errors?: { pointer: string; message: string; fix: string }[];
};

const base = "http://localhost:3000";
const isRaw = (body: unknown): body is string | Uint8Array<ArrayBuffer> | ReadableStream =>
  typeof body === "string" || body instanceof Uint8Array || body instanceof ReadableStream;

/** Calls one exported route handler the way a host does, without a host. */
export async function callHandler<T = Problem>(
  handler: Handler,
  method: string,
  target: string,
  { body, headers = {}, as, from }: Call = {},
  params: Record<string, string> = {},
): Promise<Answer<T>> {
  markOwnHost();
  const request = new Request(base + target, {
    method,
    headers: {
      ...(body === undefined ? {} : { "content-type": "application/json" }),
      ...(as ? { cookie: as.cookie } : {}),
      ...(from ? { [peerHeader]: from } : {}),
      ...headers,
    },
    body: body === undefined ? null : isRaw(body) ? body : JSON.stringify(body),
    ...(body instanceof ReadableStream ? { duplex: "half" } : {}),
  } as RequestInit);
  const response = await handler(request, { params: Promise.resolve(params) });
  const text = await response.text();
  rememberSecret(...[...text.matchAll(/\/(?:invite|reset)#(\w+)/g)].map(([, secret]) => secret ?? ""));
  const isJson = /^application\/(problem\+)?json\b/.test(response.headers.get("content-type") ?? "");
  return {
    status: response.status,
    headers: response.headers,
    text,
    body: (isJson && text !== "" ? JSON.parse(text) : undefined) as T,
  };
}

const app = path.resolve(import.meta.dirname, "../../app");

/** Every `app/…/[id]/route.ts`. A test imports those it calls, and not the whole app to call one of them. */
const routes = readdirSync(app, { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith("/route.ts") && !file.includes("[..."))
  .map((file) => {
    const address = `/${file.slice(0, -"/route.ts".length)}`;
    return {
      file: path.join(app, file),
      names: [...address.matchAll(/\[(\w+)\]/g)].map(([, name]) => name ?? ""),
      pattern: new RegExp(`^${address.replaceAll(/\[\w+\]/g, "([^/]+)").replaceAll(".", "\\.")}$`),
    };
  })
  // An address without parameters comes before one with them, as in Next.
  .sort((one, other) => one.names.length - other.names.length);

/** Calls a route by its address: finds the handler like Next's router. */
export async function api<T = Problem>(
  method: string,
  target: string,
  options: Call = {},
): Promise<Answer<T>> {
  const pathname = target.split("?", 1)[0] ?? "";
  const found = routes.find(({ pattern }) => pattern.test(pathname));
  const module: Record<string, Handler> = found ? await import(/* @vite-ignore */ found.file) : {};
  const handler = module[method];
  if (!found || !handler) throw new Error(`there is no ${method} ${pathname}`);
  const values = found.pattern.exec(pathname)?.slice(1) ?? [];
  const params = Object.fromEntries(
    found.names.map((name, index) => [name, decodeURIComponent(values[index] ?? "")]),
  );
  return callHandler<T>(handler, method, target, options, params);
}

/** The secret behind the `#` of a link. */
export const secretOf = (link: { url: string }): string => new URL(link.url).hash.slice(1);
