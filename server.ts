import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import next from "next";
import { AppError } from "./lib/core/errors";
import { findPage } from "./lib/http/access-table";
import {
  markDraining,
  markOwnHost,
  pathHeader,
  peerHeader,
  proxyList,
  stripInternalHeaders,
  truePeer,
} from "./lib/http/host";
import { asAppError, problemBody, statusOfCode } from "./lib/http/problem";
import { jsonBytesMax } from "./lib/http/read-body";
import { requestIdHeader, requestIdOf } from "./lib/http/request-context";
import { contentPolicy, securityHeaders } from "./lib/http/security-headers";
import { closeDatabase } from "./lib/infra/db/client";
import { env } from "./lib/infra/env";
import { log } from "./lib/infra/log";
import { tidyUp } from "./lib/install/tidy-up";

const headersMs = 10_000;
/** Node looks for late headers and bodies only so often; by default every 30 s, which would triple the bound above. */
const lateCheckMs = 2_000;
const requestMs = 60_000;
const keepAliveMs = 65_000;
const drainMs = 10_000;
const idleCheckMs = 50;
const headerBytesMax = 16 * 1024;
const tidyUpMs = 60 * 60 * 1000;

/** Spellings with which one address could pose as another. None of ours needs them. */
const ambiguousPath = /\/\/|\\|;|%2f|%5c|%2e|%00|\/\.{1,2}(\/|$)/i;

type Handler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** The production host: makes sure of who is calling and what may come in, then lets Next answer. */
export async function startServer(): Promise<void> {
  const { port, host, isHttps, trustedProxies, baseUrl } = env();
  markOwnHost();
  const app = next({ dev: false, dir: env().root, hostname: host, port });
  await app.prepare();
  const handle: Handler = app.getRequestHandler();
  const proxies = proxyList(trustedProxies);
  const fixedHeaders = Object.entries(securityHeaders(isHttps));
  const base = new URL(baseUrl);

  const limits = { maxHeaderSize: headerBytesMax, connectionsCheckingInterval: lateCheckMs };
  const server = createServer(limits, (request, response) => {
    const forwardedFor = request.headers["x-forwarded-for"];
    const peer = truePeer(
      request.socket.remoteAddress,
      typeof forwardedFor === "string" ? forwardedFor : undefined,
      proxies,
    );
    stripInternalHeaders(request);
    const requestId = requestIdOf(headerText(request, requestIdHeader));
    const target = request.url ?? "/";
    const pathname = target.split("?", 1)[0] ?? "/";
    const policy = contentPolicy(pathname);
    for (const [name, value] of fixedHeaders) response.setHeader(name, value);
    response.setHeader("content-security-policy", policy);
    response.setHeader("x-request-id", requestId);

    if (!target.startsWith("/") || ambiguousPath.test(pathname))
      return refuse(response, new AppError("route.not_found"), requestId);
    if (isPageWrite(request.method, pathname)) {
      response.setHeader("allow", "GET, HEAD");
      return refuse(response, new AppError("request.method_not_allowed"), requestId);
    }
    if (Number(request.headers["content-length"] ?? 0) > jsonBytesMax) {
      return refuse(response, new AppError("request.too_large"), requestId);
    }
    // Next reads the nonce for its scripts from here; what the client sent was removed above.
    Object.assign(request.headers, {
      [requestIdHeader]: requestId,
      [peerHeader]: peer,
      [pathHeader]: target,
      "content-security-policy": policy,
      "x-forwarded-for": peer,
      "x-forwarded-host": base.host,
      "x-forwarded-proto": base.protocol.slice(0, -1),
    });
    handle(request, response).catch((error: unknown) => {
      log().error({ err: error, path: pathname, request_id: requestId }, "request failed");
      if (!response.headersSent) refuse(response, asAppError(error), requestId);
      else response.destroy();
    });
  });
  server.headersTimeout = headersMs;
  server.requestTimeout = requestMs;
  server.keepAliveTimeout = keepAliveMs;

  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, resolve);
  });
  const sweeper = setInterval(() => void tidyUp(), tidyUpMs).unref();
  void tidyUp();

  const stop = async () => {
    clearInterval(sweeper);
    markDraining();
    const closed = new Promise((resolve) => server.close(resolve));
    // A kept connection turns idle when its answer is out; it must not hold us until the time is up.
    const idle = setInterval(() => server.closeIdleConnections(), idleCheckMs);
    const late = new Promise((resolve) => setTimeout(resolve, drainMs));
    await Promise.race([closed, late]);
    clearInterval(idle);
    server.closeAllConnections();
    await closeDatabase();
    process.exit(0);
  };
  process.once("SIGTERM", stop);
  process.once("SIGINT", stop);
}

/** Pages are only read. Next would take a POST to one for a server action, of which there are none here. */
const isPageWrite = (method: string | undefined, pathname: string): boolean =>
  method !== "GET" && method !== "HEAD" && findPage(pathname) !== undefined;

/** For what is refused before Next sees it. The rest of the request is not read. */
function refuse(response: ServerResponse, error: AppError, requestId: string): void {
  const status = statusOfCode(error.code);
  response.writeHead(status, {
    "content-type": "application/problem+json",
    "cache-control": "no-store",
    connection: "close",
  });
  response.end(JSON.stringify(problemBody(error, requestId)));
}

function headerText(request: IncomingMessage, name: string): string | undefined {
  const value = request.headers[name];
  return typeof value === "string" ? value : undefined;
}
