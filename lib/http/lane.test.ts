import { createServer, type IncomingMessage, request, type Server } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import { afterEach, describe, expect, test } from "vitest";
import { Answer, jsonAnswer } from "./answer";
import { laneRequest, sendAnswer } from "./lane";
import { asAppError, problemAnswer } from "./problem";
import { readText } from "./read-body";
import { boundBody, boundSilence, endEarly } from "./slow-bodies";

type Asked = ReturnType<typeof laneRequest>;
type Handle = (asked: Asked, incoming: IncomingMessage) => Answer | Response | Promise<Answer | Response>;

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

/** Our host as far as the lane goes: a real socket, the request it makes of it, the answer it writes. */
async function startLane(handle: Handle): Promise<number> {
  const server = createServer(async (incoming, outgoing) => {
    const asked = laneRequest(incoming, outgoing, "http://localhost:3000");
    const answer = await Promise.resolve()
      .then(() => handle(asked, incoming))
      .catch((error) => problemAnswer(asAppError(error), "req_1"));
    await sendAnswer(outgoing, answer, ["x-own", "1"]);
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return (server.address() as AddressInfo).port;
}

type Sent = { status: number; headers: IncomingMessage["headers"]; text: string };

function send(
  port: number,
  body: string | Buffer | null,
  headers: Record<string, string> = {},
): Promise<Sent> {
  return new Promise((resolve, reject) => {
    const method = body === null ? "GET" : "POST";
    const outgoing = request(
      { port, host: "127.0.0.1", method, path: "/a/b?x=1&y=%20", headers },
      (answer) => {
        let text = "";
        answer.setEncoding("utf8").on("data", (part) => (text += part));
        answer.once("end", () => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, text }));
      },
    );
    outgoing.once("error", reject);
    outgoing.end(body ?? undefined);
  });
}

/** Writes bytes and reads what comes back until the other side closes. */
function sendRaw(port: number, text: string): Promise<string> {
  return new Promise((resolve) => {
    let answer = "";
    const socket = connect(port, "127.0.0.1", () => socket.write(text));
    socket.on("data", (data) => (answer += data));
    socket.once("close", () => resolve(answer)).on("error", () => {});
  });
}

const echo: Handle = async (asked) => jsonAnswer(200, { text: await readText(asked, 1000) });

describe("a request of the fast lane", () => {
  test("knows its method, address and headers like the web's", async () => {
    const port = await startLane(({ method, url, pathname, search, headers, body }) =>
      jsonAnswer(200, [
        method,
        url,
        pathname,
        search,
        headers.get("X-One"),
        headers.has("x-two"),
        body === null,
      ]),
    );
    const { text } = await send(port, null, { "x-one": "1" });
    const url = "http://localhost:3000/a/b?x=1&y=%20";
    expect(JSON.parse(text)).toEqual(["GET", url, "/a/b", "?x=1&y=%20", "1", false, true]);
  });

  test.each<[string, string | Buffer]>([
    ["nothing", ""],
    ["a text", "hello"],
    ["more than one byte per letter", "größe ☃ 🚀"],
    ["as much as allowed", "x".repeat(1000)],
  ])("gives its body as text: %s", async (_what, body) => {
    const port = await startLane(echo);
    expect(JSON.parse((await send(port, body)).text)).toEqual({ text: String(body) });
    const unsaid = await send(port, body, { "transfer-encoding": "chunked" });
    expect(JSON.parse(unsaid.text)).toEqual({ text: String(body) });
  });

  // Seen failing: without the comparison with `bytesMax` in readBytes of lane.ts.
  test("takes no more of a body than allowed, whether its size is said before or not", async () => {
    const port = await startLane(echo);
    for (const headers of [{}, { "transfer-encoding": "chunked" }]) {
      const answer = await send(port, "x".repeat(200_000), headers as Record<string, string>);
      expect([answer.status, JSON.parse(answer.text).code]).toEqual([413, "request.too_large"]);
    }
  });

  test("is a 400 when the body is not UTF-8", async () => {
    const port = await startLane(echo);
    expect((await send(port, Buffer.from([0x7b, 0xff, 0xfe]))).status).toBe(400);
  });

  test("lets a stream of any size be read by for await", async () => {
    const port = await startLane(async ({ body }) => {
      let size = 0;
      for await (const chunk of body ?? []) size += chunk.byteLength;
      return jsonAnswer(200, size);
    });
    expect((await send(port, Buffer.alloc(3_000_000))).text).toBe("3000000");
  });

  test("can be answered although the reader of its stream stopped half-way", async () => {
    const port = await startLane(async ({ body }) => {
      for await (const _ of body ?? []) break;
      return new Answer(422, null);
    });
    expect((await send(port, Buffer.alloc(3_000_000), { "transfer-encoding": "chunked" })).status).toBe(422);
  });

  test("tells who asks first whether the body is wanted, and only when it is", async () => {
    const ask =
      "POST / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n";
    const lane = async (handle: Handle) => {
      const port = await startLane(handle);
      servers.at(-1)?.on("checkContinue", (...pair) => servers.at(-1)?.emit("request", ...pair));
      return port;
    };
    const hear = async (port: number, words: RegExp) => {
      let heard = "";
      const socket = connect(port, "127.0.0.1", () => socket.write(ask));
      socket.on("data", (data) => {
        heard += data;
        if (heard.endsWith("100 Continue\r\n\r\n")) socket.write("ok");
      });
      await expect.poll(() => heard).toMatch(words);
      socket.destroy();
      return heard;
    };
    expect(await hear(await lane(echo), /200 OK/)).toMatch(/^HTTP\/1.1 100 Continue/);
    expect(await hear(await lane(() => new Answer(401, null)), /401/)).toMatch(/^HTTP\/1.1 401/);
  });

  // Seen failing: with the listener left out of `signal` in lane.ts.
  test("aborts its signal when the caller has gone, and not when the answer is out", async () => {
    const seen: AbortSignal[] = [];
    const port = await startLane(async ({ signal, pathname }) => {
      seen.push(signal);
      if (pathname === "/slow") await new Promise((resolve) => signal.addEventListener("abort", resolve));
      return new Answer(204, null);
    });
    await send(port, null);
    const socket = connect(port, "127.0.0.1", () => socket.write("GET /slow HTTP/1.1\r\nHost: x\r\n\r\n"));
    await expect.poll(() => seen.length).toBe(2);
    socket.destroy();
    await expect.poll(() => seen[1]?.aborted).toBe(true);
    expect(seen[0]?.aborted).toBe(false);
  });
});

describe("an answer of the fast lane", () => {
  test.each<[string, () => Answer | Response]>([
    ["own", () => new Answer(201, '{"a":"☃"}', { "Content-Type": "application/json", "X-Two": "2" })],
    [
      "web",
      () =>
        new Response('{"a":"☃"}', {
          status: 201,
          headers: { "content-type": "application/json", "x-two": "2" },
        }),
    ],
  ])("is the same on the wire, made by us or by the web's class: %s", async (_kind, make) => {
    const { status, headers, text } = await send(await startLane(make), null);
    expect([status, text]).toEqual([201, '{"a":"☃"}']);
    expect(headers).toMatchObject({
      "content-type": "application/json",
      "content-length": "11",
      "x-two": "2",
    });
    expect(headers["x-own"]).toBe("1");
    expect(headers["transfer-encoding"]).toBeUndefined();
  });
});

describe("a body that does not arrive", () => {
  // Seen failing: without the call of boundBody the connection stays open.
  test("in time ends its connection with 408", async () => {
    const port = await startLane((asked, incoming) => {
      boundBody(incoming, 100);
      return echo(asked, incoming);
    });
    expect(await sendRaw(port, "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nabc")).toContain(
      "408",
    );
  });

  test("may take its time where only silence is bounded", async () => {
    const port = await startLane((asked, incoming) => {
      boundSilence(incoming, 400);
      return echo(asked, incoming);
    });
    const head = "POST / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 8\r\n\r\n";
    const socket = connect(port, "127.0.0.1", () => socket.write(head));
    let heard = "";
    socket.on("data", (data) => (heard += data));
    for (const letter of "abcdefgh") {
      await wait(100);
      socket.write(letter);
    }
    await expect.poll(() => heard).toContain("abcdefgh");
    expect(await sendRaw(port, `${head}abc`)).toContain("408");
  });

  // Seen failing: with `response.end(body)` alone in endEarly the sender gets ECONNRESET instead of the answer.
  test("to its end leaves its sender time to read the answer", async () => {
    const server = createServer((incoming, outgoing) => {
      outgoing.writeHead(413, { connection: "close", "content-length": "3" });
      endEarly(incoming, outgoing, "big");
    });
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    const body = Buffer.alloc(20_000_000);
    const socket = connect(port, "127.0.0.1");
    let heard = "";
    // Many clients send everything before they look at what came back.
    await new Promise<void>((resolve, reject) => {
      socket.once("error", reject);
      socket.write(`POST / HTTP/1.1\r\nHost: x\r\nContent-Length: ${body.length}\r\n\r\n`);
      socket.write(body, () => resolve());
    });
    for await (const data of socket) heard += data;
    expect(heard).toMatch(/^HTTP\/1.1 413 .*big$/s);
  });
});
