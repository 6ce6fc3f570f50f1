import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from "node:http";
import { AppError } from "../core/errors";
import { Answer } from "./answer";

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

/** Paths that `URL` would leave as they are. */
const plainPath = /^[\w./~-]*$/;

/**
 * What `node:http` read, as the request that the gate and the handlers of the fast lane know, with the headers that
 * our host left in. A real `Request` would take longer to make than all that is asked of it; so what is seldom
 * asked for is made when it is.
 */
class LaneRequest {
  readonly method: string;
  readonly headers: LaneHeaders;
  private ending: AbortController | undefined;

  constructor(
    private readonly incoming: IncomingMessage,
    private readonly outgoing: ServerResponse,
    private readonly baseUrl: string,
  ) {
    this.method = incoming.method ?? "GET";
    this.headers = new LaneHeaders(incoming.headers);
  }

  get url(): string {
    return this.baseUrl + this.incoming.url;
  }

  get pathname(): string {
    const [path = "/"] = (this.incoming.url ?? "/").split("?", 1);
    return plainPath.test(path) ? path : new URL(this.url).pathname;
  }

  get search(): string {
    return this.incoming.url?.includes("?") ? new URL(this.url).search : "";
  }

  /** Read by `for await`, like the web's. Stopping half-way takes nothing apart: it still has to be answered. */
  get body(): AsyncIterable<Buffer> | null {
    const stream = this.wantedBody();
    return stream && { [Symbol.asyncIterator]: () => stream.iterator({ destroyOnReturn: false }) };
  }

  private wantedBody(): IncomingMessage | null {
    if (this.method === "GET" || this.method === "HEAD") return null;
    if (isContinueAwaited(this.incoming)) this.outgoing.writeContinue();
    return this.incoming;
  }

  /** Has the caller gone before the answer was out? */
  isGone(): boolean {
    return this.outgoing.closed && !this.outgoing.writableFinished;
  }

  /** Aborted at that moment. */
  get signal(): AbortSignal {
    if (!this.ending) {
      const ending = new AbortController();
      const end = () => this.outgoing.writableFinished || ending.abort();
      if (this.outgoing.closed) end();
      else this.outgoing.once("close", end);
      this.ending = ending;
    }
    return this.ending.signal;
  }

  /** All of a body that is not to be larger than this. */
  readBytes(bytesMax: number): Promise<Buffer> {
    const tooLarge = () => new AppError("request.too_large");
    if (Number(this.headers.get("content-length") ?? 0) > bytesMax) return Promise.reject(tooLarge());
    const body = this.wantedBody();
    if (body === null) return Promise.resolve(Buffer.alloc(0));
    return new Promise((resolve, reject) => {
      const chunks: Buffer[] = [];
      let size = 0;
      body.on("data", (chunk: Buffer) => {
        size += chunk.byteLength;
        if (size > bytesMax) {
          // What still comes is thrown away.
          body.removeAllListeners("data").resume();
          reject(tooLarge());
        } else chunks.push(chunk);
      });
      body.once("end", () => resolve(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks)));
      body.once("error", (cause) =>
        reject(new AppError("request.malformed", { detail: "The body did not arrive.", cause })),
      );
    });
  }
}

/** Some clients ask whether a large body is wanted before they send it. */
export const isContinueAwaited = (incoming: IncomingMessage): boolean =>
  incoming.headers.expect?.toLowerCase() === "100-continue";

export const laneRequest = (
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  baseUrl: string,
): Request & LaneRequest => new LaneRequest(incoming, outgoing, baseUrl) as unknown as Request & LaneRequest;

/** Names and values in turn: what Node writes out without a look at each. */
export type RawHeaders = readonly string[];

/** Writes an answer out, with our host's headers in front of its own. `end` may be told to say less, or later. */
export function sendAnswer(
  outgoing: ServerResponse,
  answer: Answer | Response,
  ownHeaders: RawHeaders,
  end: (body: string | Buffer) => void = (body) => outgoing.end(body),
): void | Promise<void> {
  const headers = [...ownHeaders];
  // A cookie each: `forEach` names every one of them by itself.
  answer.headers.forEach((value, name) => {
    if (!ownHeaders.includes(name)) headers.push(name, value);
  });
  const send = (body: string | Buffer = "") => {
    // Without a length Node would send an empty answer in chunks.
    if (answer.status !== 204) headers.push("content-length", String(Buffer.byteLength(body)));
    writeTogether(() => {
      outgoing.writeHead(answer.status, headers);
      end(body);
    });
  };
  if (answer instanceof Answer) return send(answer.body ?? undefined);
  if (answer.body === null) return send();
  return answer.arrayBuffer().then((bytes) => send(Buffer.from(bytes)));
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
