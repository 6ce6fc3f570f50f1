import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from "node:http";

/** What our own code asks of headers; `Headers` itself checks every name and value once more, at ten times the cost. */
class LaneHeaders {
  constructor(private readonly received: IncomingHttpHeaders) {}

  get(name: string): string | null {
    const value = this.received[name.toLowerCase()];
    return value === undefined ? null : typeof value === "string" ? value : value.join(", ");
  }

  has(name: string): boolean {
    return this.received[name.toLowerCase()] !== undefined;
  }
}

/**
 * What `node:http` read, as the request that the gate and the handlers of the fast lane know: method, address and
 * headers, those our host left in. None of them has a body. A real `Request` would take longer to make than all
 * that is asked of it.
 */
export const webRequest = (incoming: IncomingMessage, baseUrl: string): Request =>
  ({
    method: incoming.method ?? "GET",
    url: baseUrl + incoming.url,
    headers: new LaneHeaders(incoming.headers),
    body: null,
  }) as unknown as Request;

/** Names and values in turn: what Node writes out without a look at each. */
export type RawHeaders = readonly string[];

/** Writes an answer out, with our host's headers in front of its own. */
export function sendResponse(
  outgoing: ServerResponse,
  response: Response,
  ownHeaders: RawHeaders,
  isHead = false,
): void | Promise<void> {
  const headers = [...ownHeaders];
  // A cookie each: `forEach` names every one of them by itself.
  response.headers.forEach((value, name) => {
    if (!ownHeaders.includes(name)) headers.push(name, value);
  });
  const send = (body?: Buffer) => {
    // Without a length Node would send an empty answer in chunks.
    if (response.status !== 204) headers.push("content-length", String(body?.byteLength ?? 0));
    writeTogether(() => outgoing.writeHead(response.status, headers).end(isHead ? undefined : body));
  };
  if (response.body === null) return send();
  return response.arrayBuffer().then((bytes) => send(Buffer.from(bytes)));
}

let waiting: (() => void)[] = [];

/**
 * The answers of one round of the event loop go out one right after the other. Written as each comes up, every
 * single one would wake the client's process for itself, which costs more than making the answer.
 */
function writeTogether(write: () => void): void {
  if (waiting.push(write) > 1) return;
  setImmediate(() => {
    const writes = waiting;
    waiting = [];
    for (const each of writes) each();
  });
}
