import {
  Agent as HttpAgent,
  type IncomingMessage,
  type RequestOptions,
  request as requestHttp,
} from "node:http";
import { Agent as HttpsAgent, request as requestHttps } from "node:https";
import { isIP, type Socket } from "node:net";
import type { Duplex } from "node:stream";
import { checkedAddresses, checkedLookup, hostOf } from "./checked-address";
import { connectionFault, UpstreamFault } from "./fault";
import { readAnswer } from "./read-answer";

/** Connections of one version at once. */
export const socketsMax = 16;
const idleMs = 30_000;
const headerBytesMax = 16 * 1024;

/** What travels about the connection itself is ours to say, whatever an administrator wrote. */
const ownHeaders = new Set([
  "accept-encoding",
  "connection",
  "content-length",
  "expect",
  "host",
  "keep-alive",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
]);

export type Exchange = {
  url: URL;
  method: "GET" | "POST";
  headers: Readonly<Record<string, string>>;
  body?: string;
  signal: AbortSignal;
};
export type Answer = { status: number; text: string; retryAfter: string | undefined };

/** The connections to one upstream. */
export type Connections = {
  agent: HttpAgent;
  isPrivateAllowed: boolean;
  /** An address in the URL itself is never looked up; it is checked once, for it cannot change. */
  isAddressChecked: boolean;
  /** From here on nothing new is connected. */
  isClosed: boolean;
};

/** An answer that nobody asked for would be taken for that to the next request: its connection is not used again. */
function reuseSafely(agent: HttpAgent): HttpAgent {
  const { keepSocketAlive, reuseSocket } = agent;
  const end = function (this: Duplex) {
    this.destroy();
  };
  agent.keepSocketAlive = (socket) => {
    socket.on("data", end);
    return keepSocketAlive.call(agent, socket);
  };
  agent.reuseSocket = (socket, request) => {
    socket.off("data", end);
    reuseSocket.call(agent, socket, request);
  };
  return agent;
}

function agentFor(url: URL, isPrivateAllowed: boolean, keepAlive: boolean): HttpAgent {
  const options = {
    keepAlive,
    maxSockets: socketsMax,
    maxFreeSockets: socketsMax,
    timeout: idleMs,
    lookup: checkedLookup(isPrivateAllowed),
    autoSelectFamily: true,
  };
  // Said aloud: a variable of the environment must not be able to switch verification off.
  return reuseSafely(
    url.protocol === "https:"
      ? new HttpsAgent({ ...options, rejectUnauthorized: true })
      : new HttpAgent(options),
  );
}

export const openConnections = (url: URL, isPrivateAllowed: boolean): Connections => ({
  agent: agentFor(url, isPrivateAllowed, true),
  isPrivateAllowed,
  isAddressChecked: isIP(hostOf(url)) === 0,
  isClosed: false,
});

export function closeConnections(connections: Connections): void {
  connections.isClosed = true;
  connections.agent.destroy();
}

function headersOf({ headers, body }: Exchange): Record<string, string | number> {
  const given = Object.entries(headers)
    .map(([name, value]) => [name.toLowerCase(), value] as const)
    .filter(([name]) => !ownHeaders.has(name));
  return {
    accept: "application/json",
    "user-agent": "adyton",
    ...(body === undefined ? {} : { "content-type": "application/json" }),
    ...Object.fromEntries(given),
    "accept-encoding": "identity",
    ...(body === undefined ? {} : { "content-length": Buffer.byteLength(body) }),
  };
}

/** The connection had served before and was closed meanwhile: nobody has read the request. */
class StaleConnection extends Error {}

function send(exchange: Exchange, agent: HttpAgent): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const { url, method, body, signal } = exchange;
    const options: RequestOptions = {
      method,
      agent,
      signal,
      headers: headersOf(exchange),
      maxHeaderSize: headerBytesMax,
    };
    const request = url.protocol === "https:" ? requestHttps(url, options) : requestHttp(url, options);
    let socket: Socket | undefined;
    let bytesBefore = 0;
    request.once("socket", (given) => {
      socket = given;
      bytesBefore = given.bytesRead;
    });
    request.once("response", resolve);
    // Nobody asked for another protocol.
    request.once("upgrade", (_answer, taken) => {
      taken.destroy();
      reject(connectionFault(new UpstreamFault("upstream.invalid_answer", "It wants another protocol.")));
    });
    request.on("error", (error: NodeJS.ErrnoException) => {
      const isClosedByPeer = error.code === "ECONNRESET" || error.code === "EPIPE";
      const isUntouched = request.reusedSocket && socket?.bytesRead === bytesBefore;
      reject(isClosedByPeer && isUntouched ? new StaleConnection() : connectionFault(error));
    });
    request.end(body);
  });
}

/** Sends once more if the connection was stale, and never for any other reason: the work may have been done. */
async function sendOnFreshIfStale(exchange: Exchange, connections: Connections): Promise<IncomingMessage> {
  try {
    return await send(exchange, connections.agent);
  } catch (error) {
    if (!(error instanceof StaleConnection)) throw error;
    exchange.signal.throwIfAborted();
    if (connections.isClosed)
      throw new UpstreamFault("upstream.unreachable", "The app is shutting down.", { isHarmless: true });
    return await send(exchange, agentFor(exchange.url, connections.isPrivateAllowed, false));
  }
}

/** One request and its whole answer. Redirects are answers like others; whoever asked decides what they mean. */
export const ask = (exchange: Exchange, connections: Connections): Promise<Answer> =>
  exchangeFor(exchange, connections, readAnswer);

/** One request and only the beginning of its answer: whatever would follow is not read, and its connection ends. */
export const askStatus = (exchange: Exchange, connections: Connections): Promise<Answer> =>
  exchangeFor(exchange, connections, (answer) => {
    answer.destroy();
    return "";
  });

async function exchangeFor(
  exchange: Exchange,
  connections: Connections,
  read: (answer: IncomingMessage) => Promise<string> | string,
): Promise<Answer> {
  const { signal, url } = exchange;
  try {
    signal.throwIfAborted();
    if (!connections.isAddressChecked) {
      await checkedAddresses(hostOf(url), connections.isPrivateAllowed);
      connections.isAddressChecked = true;
    }
    const answer = await sendOnFreshIfStale(exchange, connections);
    const text = await read(answer);
    return { status: answer.statusCode ?? 0, text, retryAfter: answer.headers["retry-after"] };
  } catch (error) {
    // Whoever raised the signal says why; that the connection broke is only its consequence.
    throw signal.aborted ? signal.reason : error;
  }
}
