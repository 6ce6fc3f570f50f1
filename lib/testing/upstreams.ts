import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from "node:http";
import { createServer as createRawServer, type Server, type Socket } from "node:net";
import { gzipSync } from "node:zlib";

export type UpstreamServer = {
  url: string;
  port: number;
  /** How many connections were opened to it, and how many are open. */
  connections: () => { opened: number; open: number };
  /** Closes every connection, also those that are waiting to be used again. */
  dropConnections: () => void;
  stop: () => Promise<void>;
};

async function listen(server: Server, host: string, port = 0): Promise<UpstreamServer> {
  const sockets = new Set<Socket>();
  let opened = 0;
  server.on("connection", (socket: Socket) => {
    opened += 1;
    sockets.add(socket);
    socket.on("error", () => {});
    socket.on("close", () => sockets.delete(socket));
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, resolve);
  });
  const address = server.address();
  const own = typeof address === "object" && address ? address.port : 0;
  const dropConnections = () => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    url: `http://${host}:${own}`,
    port: own,
    connections: () => ({ opened, open: sockets.size }),
    dropConnections,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        dropConnections();
      }),
  };
}

type Place = { host?: string; port?: number };

/** A real HTTP server on a free port of this machine. */
export const startUpstream = (
  answer: RequestListener,
  { host = "127.0.0.1", port }: Place = {},
): Promise<UpstreamServer> => {
  const server = createServer(answer);
  server.keepAliveTimeout = 60_000;
  return listen(server, host, port);
};

/** A server that writes whatever it likes, valid HTTP or not, as soon as something was asked. */
export const startRawUpstream = (
  answer: (socket: Socket, request: number) => void,
): Promise<UpstreamServer> => {
  let requests = 0;
  const server = createRawServer((socket) => {
    socket.on("data", () => {
      requests += 1;
      answer(socket, requests);
    });
  });
  return listen(server, "127.0.0.1");
};

export async function readBody(request: IncomingMessage): Promise<string> {
  let text = "";
  for await (const chunk of request.setEncoding("utf8")) text += chunk;
  return text;
}

export function sendJson(response: ServerResponse, status: number, value: unknown): void {
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(value));
}

/** Answers `{"doubled": 2x}` to `{"x": ...}`, and `{"results": [...]}` to `{"rows": [...]}`; 422 to anything else. */
export const doublingService: RequestListener = async (request, response) => {
  const body = JSON.parse(await readBody(request)) as { x?: unknown; rows?: { x: number }[] };
  const one = ({ x }: { x: number }) => ({ doubled: 2 * x });
  if (Array.isArray(body.rows)) sendJson(response, 200, { results: body.rows.map(one) });
  else if (typeof body.x === "number") sendJson(response, 200, one({ x: body.x }));
  else sendJson(response, 422, { detail: "x is missing" });
};

/** The chat completions of the OpenAI API as far as the specification asks: says the last message backwards. */
export const chatService: RequestListener = async (request, response) => {
  type Message = { role: string; content: string };
  const refuse = (message: string) =>
    sendJson(response, 400, { error: { message, type: "invalid_request" } });
  const body = JSON.parse(await readBody(request)) as {
    model?: string;
    messages?: Message[];
    max_tokens?: number;
    stream?: boolean;
  };
  if (request.method !== "POST" || request.url !== "/v1/chat/completions") return sendJson(response, 404, {});
  if (typeof body.model !== "string") return refuse("model is required");
  if (!Array.isArray(body.messages) || body.messages.length === 0) return refuse("messages is required");
  const roles = body.messages.map(({ role }) => role).join(",");
  if (!/^(system,)?user$/.test(roles)) return refuse("unexpected roles");
  if (body.stream) return refuse("streams are not spoken here");
  const words = body.messages.at(-1)?.content ?? "";
  const text = [...words].reverse().join("").slice(0, body.max_tokens);
  sendJson(response, 200, {
    id: "chatcmpl-1",
    object: "chat.completion",
    created: 1,
    model: body.model,
    choices: [
      {
        index: 0,
        message: { role: "assistant", content: text },
        finish_reason: text.length < words.length ? "length" : "stop",
      },
    ],
    usage: {
      prompt_tokens: words.length,
      completion_tokens: text.length,
      total_tokens: words.length + text.length,
    },
  });
};

const inferencePath = /^\/v2\/models\/echo(\/versions\/1)?(\/infer)?$/;

/**
 * The Open Inference Protocol with one model, `echo`: its output is its input. Whatever the specification does not
 * allow is answered with 400. INT64 travels as its digits, so the body is text here and is never parsed as a whole.
 */
export const openInferenceService: RequestListener = async (request, response) => {
  const refuse = (error: string) => sendJson(response, 400, { error });
  const tensor = { datatype: "INT64", shape: [-1, 2] };
  const [, version, infer] = inferencePath.exec(request.url ?? "") ?? [];
  if (!inferencePath.test(request.url ?? "")) return sendJson(response, 404, { error: "unknown model" });
  if (infer === undefined)
    return sendJson(response, 200, {
      name: "echo",
      versions: ["1"],
      platform: "test",
      inputs: [{ name: "numbers", ...tensor }],
      outputs: [{ name: "echo", ...tensor }],
    });
  if (request.method !== "POST") return refuse("infer is a POST");
  const body = await readBody(request);
  const { inputs } = JSON.parse(body) as { inputs?: { name: string; datatype: string; shape: number[] }[] };
  const [input] = inputs ?? [];
  if (inputs?.length !== 1 || input?.name !== "numbers") return refuse("one input is expected: numbers");
  if (input.datatype !== "INT64") return refuse("numbers is INT64");
  const data = /"data":\s*(\[[^\]]*\])/.exec(body)?.[1] ?? "[]";
  const output = `{"name":"echo","datatype":"INT64","shape":[${input.shape}],"data":${data}}`;
  response
    .writeHead(200, { "content-type": "application/json" })
    .end(`{"model_name":"echo"${version === undefined ? "" : ',"model_version":"1"'},"outputs":[${output}]}`);
};

const json = { "content-type": "application/json" };
const packed = { ...json, "content-encoding": "gzip" };
const raw = (text: string) => (_request: IncomingMessage, response: ServerResponse) => {
  response.socket?.end(text);
};

/** Nothing but zeros, packed to a thousandth: a gigabyte in a megabyte. Packed once and sent as often as asked. */
let zeros: Buffer | undefined;
function sendBomb(_request: IncomingMessage, response: ServerResponse): void {
  zeros ??= gzipSync(Buffer.alloc(64 * 1024 * 1024, "0"));
  response.writeHead(200, packed).end(Buffer.concat(Array<Buffer>(16).fill(zeros)));
}

function sendEndless(chunk: Buffer) {
  return (_request: IncomingMessage, response: ServerResponse): void => {
    response.writeHead(200, json);
    const push = () => {
      while (!response.destroyed) if (!response.write(chunk)) return void response.once("drain", push);
    };
    push();
  };
}

function sendSlowly(_request: IncomingMessage, response: ServerResponse): void {
  response.writeHead(200, { ...json, "content-length": "1000" });
  const timer = setInterval(() => response.write(" "), 1_000);
  response.write(" ");
  response.on("close", () => clearInterval(timer));
}

/** Services that lie or are broken, each in one way. Every one of them answers any request. */
export const lyingServices = {
  announcesMore: raw('HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{"doubled": 2}'),
  announcesLess: raw('HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n{"doubled": 2}'),
  announcesTerabyte: raw('HTTP/1.1 200 OK\r\nContent-Length: 1099511627776\r\n\r\n{"doubled": 2}'),
  cutsChunk: raw('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n40\r\n{"doubled":'),
  wrongChunk: raw('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n{"doubled": 2}\r\n0\r\n\r\n'),
  bothLengths: raw(
    'HTTP/1.1 200 OK\r\nContent-Length: 14\r\nTransfer-Encoding: chunked\r\n\r\ne\r\n{"doubled": 2}\r\n0\r\n\r\n',
  ),
  noHttp: raw("SSH-2.0-OpenSSH_9.2\r\n"),
  upgrades: raw("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n"),
  hugeHeaders: raw(`HTTP/1.1 200 OK\r\nX-A: ${"a".repeat(100_000)}\r\nContent-Length: 2\r\n\r\n{}`),
  closesAtOnce: (request) => void request.socket.destroy(),
  neverAnswers: () => {},
  oneBytePerSecond: sendSlowly,
  endless: sendEndless(Buffer.alloc(64 * 1024, " ")),
  endlessSmallChunks: sendEndless(Buffer.from(" ")),
  gzipBomb: sendBomb,
  cutGzip: (_request, response) =>
    void response.writeHead(200, packed).end(gzipSync('{"doubled": 2}').subarray(0, 20)),
  falseGzip: (_request, response) => void response.writeHead(200, packed).end('{"doubled": 2}'),
  unknownPacking: (_request, response) =>
    void response.writeHead(200, { ...json, "content-encoding": "gzip, gzip" }).end("{}"),
  html: (_request, response) =>
    void response.writeHead(200, { "content-type": "text/html" }).end("<!doctype html><h1>Welcome</h1>"),
  empty: (_request, response) => void response.writeHead(200, json).end(),
  noContent: (_request, response) => void response.writeHead(204).end(),
  cutJson: (_request, response) => void response.writeHead(200, json).end('{"doubled": '),
  notUtf8: (_request, response) =>
    void response.writeHead(200, json).end(Buffer.from([0x22, 0xff, 0xfe, 0x22])),
  tooDeep: (_request, response) =>
    void response.writeHead(200, json).end("[".repeat(100_000) + "]".repeat(100_000)),
  prototype: (_request, response) =>
    void response.writeHead(200, json).end('{"__proto__": {"isAdmin": true}}'),
  notANumber: (_request, response) => void response.writeHead(200, json).end('{"doubled": NaN}'),
  tooLargeNumber: (_request, response) => void response.writeHead(200, json).end('{"doubled": 1e999}'),
} satisfies Record<string, RequestListener>;

export type Lie = keyof typeof lyingServices;
