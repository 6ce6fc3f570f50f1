import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { BlockList } from "node:net";
import next from "next";
import { GET as live } from "./app/api/health/live/route";
import { POST as uploadModelFile } from "./app/api/v1/admin/model-files/route";
import { POST as predict } from "./app/api/v1/predictions/route";
import { POST as estimateTask } from "./app/api/v1/tasks/estimate/route";
import { POST as createTask } from "./app/api/v1/tasks/route";
import { GET as verify } from "./app/api/v1/verify/route";
import { POST as infer } from "./app/v2/models/[model]/infer/route";
import { POST as inferVersion } from "./app/v2/models/[model]/versions/[version]/infer/route";
import { startWatch, stopWatch } from "./lib/alerts/watch";
import { AppError } from "./lib/core/errors";
import { findPage } from "./lib/http/access-table";
import { gate } from "./lib/http/gate";
import {
  isProxySocket,
  markDraining,
  markOwnHost,
  pathHeader,
  peerHeader,
  proxiedHeader,
  proxyList,
  stripInternalHeaders,
  truePeer,
} from "./lib/http/host";
import { isContinueAwaited, laneRequest, type RawHeaders, sendAnswer } from "./lib/http/lane";
import { laneTable } from "./lib/http/lane-table";
import { letInFirst } from "./lib/http/let-in";
import { asAppError, problemBody, problemType, statusOfCode } from "./lib/http/problem";
import {
  isLoadedElsewhere,
  proxiedText,
  readProxyIdentity,
  removeProxyHeaders,
} from "./lib/http/proxy-identity";
import { jsonBytesMax } from "./lib/http/read-body";
import { requestIdHeader, requestIdOf } from "./lib/http/request-context";
import { contentPolicy, securityHeaders } from "./lib/http/security-headers";
import { boundBody, boundSilence, endEarly } from "./lib/http/slow-bodies";
import { closeDatabase } from "./lib/infra/db/client";
import { env } from "./lib/infra/env";
import { log } from "./lib/infra/log";
import { closeMail } from "./lib/infra/mail";
import type { ProxyAuth } from "./lib/infra/proxy-auth";
import { closeRedis, connectRedis } from "./lib/infra/redis";
import { mailWriters } from "./lib/install/mail-writers";
import { tidyUp } from "./lib/install/tidy-up";
import { flushPlaces } from "./lib/keys/commands/note-place";
import { startMail, stopMail } from "./lib/mail/sender";
import { flushPredictions } from "./lib/predictions/recorder";
import { flushRefusals } from "./lib/refusals/recorder";
import { closeUpstreams } from "./lib/runners/http/upstream";
import { closeOnnx } from "./lib/runners/onnx/pool";
import { currentSettings } from "./lib/settings/queries";
import { taskBytesMax } from "./lib/tasks/commands/read-upload";
import { startTasks, stopTasks } from "./lib/tasks/worker";
import { startUsage, stopUsage } from "./lib/usage/ledger";
import { startSender, stopSender } from "./lib/webhooks/sender";

const headersMs = 10_000;
/** Node looks for late headers and bodies only so often; by default every 30 s, which would triple the bound above. */
const lateCheckMs = 2_000;
/** The whole of a request, and the longest pause in an upload, which may take up to `uploadMs` in all. */
const requestMs = 60_000;
const uploadMs = 6 * 60 * 60 * 1000;
const keepAliveMs = 65_000;
/** How many may wait to be let in when they come all at once; Node's own 511 lets a crowd run into time-outs. */
const backlog = 4096;
const drainMs = 10_000;
const idleCheckMs = 50;
const headerBytesMax = 16 * 1024;
const tidyUpMs = 60 * 60 * 1000;

/** Spellings with which one address could pose as another. None of ours needs them. */
const ambiguousPath = /\/\/|\\|;|%2f|%5c|%2e|%00|\/\.{1,2}(\/|$)/i;

/**
 * Asked so often that Next's own work around a handler (about a millisecond) would be most of their cost: they are
 * called straight from here, and stay ordinary routes for every other host.
 */
const fastLane = laneTable({
  "GET /api/health/live": live,
  "GET /api/v1/verify": verify,
  "POST /api/v1/predictions": predict,
  "POST /v2/models/{model}/infer": infer,
  "POST /v2/models/{model}/versions/{version}/infer": inferVersion,
  // Not often asked for, but Next would hold the whole file in memory.
  "POST /api/v1/admin/model-files": uploadModelFile,
  "POST /api/v1/tasks": createTask,
  "POST /api/v1/tasks/estimate": estimateTask,
});
/** What is read while it comes in, and may be so large. */
const uploads: Record<string, () => number> = {
  "/api/v1/admin/model-files": () => env().modelBytesMax,
  "/api/v1/tasks": taskBytesMax,
  "/api/v1/tasks/estimate": taskBytesMax,
};
/** The web's `Request` knows no others (TRACE is one), and neither do we. */
const knownMethods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];
/** Files of the build, the same for everybody. */
const isBuildFile = (pathname: string): boolean => /^\/(_next\/static\/|icon\.svg$)/.test(pathname);

type Handler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** The production host: makes sure of who is calling and what may come in, then lets Next answer. */
export async function startServer(): Promise<void> {
  const { port, host, isHttps, trustedProxies, proxyAuth, baseUrl } = env();
  markOwnHost();
  // The gate goes by the settings that were read last, so they are read before the first request.
  await Promise.all([connectRedis(), currentSettings()]);
  const app = next({ dev: false, dir: env().root, hostname: host, port });
  await app.prepare();
  const handle: Handler = app.getRequestHandler();
  const proxies = proxyList(trustedProxies);
  const fixedHeaders = Object.entries(securityHeaders(isHttps)).flat();
  const base = new URL(baseUrl);

  const byNext = (request: IncomingMessage, response: ServerResponse, ownHeaders: RawHeaders) => {
    for (let index = 0; index < ownHeaders.length; index += 2)
      response.setHeader(ownHeaders[index] ?? "", ownHeaders[index + 1] ?? "");
    return handle(request, response);
  };

  const answer = async (
    request: IncomingMessage,
    response: ServerResponse,
    pathname: string,
    ownHeaders: RawHeaders,
  ): Promise<void> => {
    if (isBuildFile(pathname)) return byNext(request, response, ownHeaders);
    const asked = laneRequest(request, response, baseUrl);
    const stop = fastLane(asked.method, pathname);
    const looking = gate(asked);
    const given = (looking && (await looking)) ?? (await stop?.handler.answer(asked, stop));
    if (given && uploads[pathname] && !request.complete)
      return sendAnswer(response, given, [...ownHeaders, "connection", "close"], (body) =>
        endEarly(request, response, body),
      );
    const onlyHead = asked.method === "HEAD" ? () => response.end() : undefined;
    if (given) return sendAnswer(response, given, ownHeaders, onlyHead);
    if (isContinueAwaited(request)) response.writeContinue();
    return byNext(request, response, ownHeaders);
  };

  const limits = { maxHeaderSize: headerBytesMax, connectionsCheckingInterval: lateCheckMs };
  const server = createServer(limits, (request, response) => whenIn(() => receive(request, response)));
  const whenIn = letInFirst(server);
  // Who asks before sending a large body is told when it is wanted, which a refusal says it is not.
  server.on("checkContinue", (request, response) => whenIn(() => receive(request, response)));
  const receive = (request: IncomingMessage, response: ServerResponse): void => {
    const forwardedFor = request.headers["x-forwarded-for"];
    const peer = truePeer(
      request.socket.remoteAddress,
      typeof forwardedFor === "string" ? forwardedFor : undefined,
      proxies,
    );
    const named = namedBy(request, proxies, proxyAuth);
    stripInternalHeaders(request);
    if (proxyAuth) removeProxyHeaders(request, proxyAuth);
    const requestId = requestIdOf(headerText(request, requestIdHeader));
    const target = request.url ?? "/";
    const pathname = target.split("?", 1)[0] ?? "/";
    const policy = contentPolicy(pathname);
    const ownHeaders = [...fixedHeaders, "content-security-policy", policy, "x-request-id", requestId];
    const uploadMax = uploads[pathname];
    if (uploadMax) boundSilence(request, requestMs);
    else boundBody(request, requestMs);
    const refusal =
      refusalOf(request, target, pathname, uploadMax?.() ?? jsonBytesMax) ??
      (named instanceof AppError ? named : null);
    if (refusal) {
      refuse(request, response, refusal, requestId, ownHeaders);
      return;
    }
    // Next reads the nonce for its scripts from here; what the client sent was removed above.
    Object.assign(request.headers, {
      [requestIdHeader]: requestId,
      [peerHeader]: peer,
      [pathHeader]: target,
      ...(typeof named === "string" ? { [proxiedHeader]: named } : {}),
      "content-security-policy": policy,
      "x-forwarded-for": peer,
      "x-forwarded-host": base.host,
      "x-forwarded-proto": base.protocol.slice(0, -1),
    });
    answer(request, response, pathname, ownHeaders).catch((error: unknown) => {
      log().error({ err: error, path: pathname, request_id: requestId }, "request failed");
      if (!response.headersSent) refuse(request, response, asAppError(error), requestId, ownHeaders);
      else response.destroy();
    });
  };
  server.headersTimeout = headersMs;
  // The bound of the longest; all others are bounded when they arrive.
  server.requestTimeout = uploadMs;
  server.keepAliveTimeout = keepAliveMs;

  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen({ port, host, backlog }, resolve);
  });
  startUsage();
  startTasks();
  startSender();
  startMail(mailWriters);
  startWatch();
  const sweeper = setInterval(() => void tidyUp(), tidyUpMs).unref();
  void tidyUp();

  const stop = async () => {
    clearInterval(sweeper);
    markDraining();
    const tasksStopped = stopTasks();
    const watchStopped = Promise.all([stopSender(), stopMail(), stopWatch()]);
    const closed = new Promise((resolve) => server.close(resolve));
    // A kept connection turns idle when its answer is out; it must not hold us until the time is up.
    const idle = setInterval(() => server.closeIdleConnections(), idleCheckMs);
    const late = new Promise((resolve) => setTimeout(resolve, drainMs));
    await Promise.race([closed, late]);
    clearInterval(idle);
    server.closeAllConnections();
    await tasksStopped;
    await Promise.race([watchStopped, late]);
    closeMail();
    await Promise.allSettled([
      flushPlaces(),
      stopUsage(),
      flushPredictions(),
      flushRefusals(),
      closeOnnx(),
      closeUpstreams(),
    ]);
    await Promise.all([closeDatabase(), closeRedis()]);
    process.exit(0);
  };
  process.once("SIGTERM", stop);
  process.once("SIGINT", stop);
}

/** Whom a web server in front names, as our own header; why it is not believed; or null, as for everybody else. */
function namedBy(
  request: IncomingMessage,
  proxies: BlockList,
  proxyAuth: ProxyAuth | null,
): string | AppError | null {
  if (!proxyAuth || !isProxySocket(request.socket.remoteAddress, proxies)) return null;
  try {
    const identity = readProxyIdentity(request.rawHeaders, proxyAuth);
    return identity && !isLoadedElsewhere(request) ? proxiedText(identity) : null;
  } catch (error) {
    const refusal = asAppError(error);
    log().warn({ reason: refusal.cause, path: request.url?.split("?", 1)[0] }, "proxy sign-in refused");
    return refusal;
  }
}

/** Pages are only read. Next would take a POST to one for a server action, of which there are none here. */
const isPageWrite = (method: string, pathname: string): boolean =>
  method !== "GET" && method !== "HEAD" && findPage(pathname) !== undefined;

/** What no address of ours takes, whoever asks. */
function refusalOf(
  request: IncomingMessage,
  target: string,
  pathname: string,
  bytesMax: number,
): AppError | null {
  const method = request.method ?? "";
  if (!knownMethods.includes(method)) return methodRefused(knownMethods);
  if (!target.startsWith("/") || ambiguousPath.test(pathname)) return new AppError("route.not_found");
  if (isPageWrite(method, pathname)) return methodRefused(["GET", "HEAD"]);
  const isTooLarge = Number(request.headers["content-length"] ?? 0) > bytesMax;
  return isTooLarge ? new AppError("request.too_large") : null;
}

const methodRefused = (allowed: readonly string[]): AppError =>
  new AppError("request.method_not_allowed", { headers: { allow: allowed.join(", ") } });

/** The rest of the request is not read. */
function refuse(
  request: IncomingMessage,
  response: ServerResponse,
  error: AppError,
  requestId: string,
  ownHeaders: RawHeaders,
): void {
  const path = request.url?.split("?", 1)[0];
  const headers = [...ownHeaders, "content-type", problemType(path), "cache-control", "no-store"];
  for (const [name, value] of Object.entries(error.headers ?? {})) headers.push(name, value);
  response.writeHead(statusOfCode(error.code, path), [...headers, "connection", "close"]);
  endEarly(request, response, JSON.stringify(problemBody(error, requestId, path)));
}

function headerText(request: IncomingMessage, name: string): string | undefined {
  const value = request.headers[name];
  return typeof value === "string" ? value : undefined;
}
