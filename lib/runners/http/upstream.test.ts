import { afterEach, describe, expect, test } from "vitest";
import { upstreamTarget, useNames } from "../../testing/upstream-targets";
import {
  chatService,
  doublingService,
  openInferenceService,
  readBody,
  sendJson,
  startRawUpstream,
  startUpstream,
  type UpstreamServer,
} from "../../testing/upstreams";
import type { Tensor } from "../domain";
import {
  askUpstreamRows,
  askUpstreamTensors,
  closeUpstreams,
  describeUpstream,
  upstreamReport,
} from "./upstream";

const servers: UpstreamServer[] = [];
const serve = async (starting: Promise<UpstreamServer>): Promise<UpstreamServer> => {
  const server = await starting;
  servers.push(server);
  return server;
};
afterEach(async () => {
  await closeUpstreams();
  for (const server of servers.splice(0)) await server.stop();
});
const bounds = { timeoutMs: 5_000 };

const echo = {
  preset: "open_inference" as const,
  model: "echo",
  inputs: [{ name: "numbers", datatype: "INT64" as const, shape: [-1, 2] }],
  outputs: [{ name: "echo", datatype: "INT64" as const, shape: [-1, 2] }],
};
const numbers = (...values: bigint[]): Tensor => ({
  name: "numbers",
  datatype: "INT64",
  shape: [values.length / 2, 2],
  data: new BigInt64Array(values),
});

describe("open_inference", () => {
  test("tensors go and come, with every digit of an INT64", async () => {
    const { url } = await serve(startUpstream(openInferenceService));
    const most = numbers(2n ** 63n - 1n, -(2n ** 63n), 9_007_199_254_740_993n, 0n);
    const answer = await askUpstreamTensors(upstreamTarget(url, echo), [most], bounds);
    expect(answer.outputs).toEqual([{ ...most, name: "echo" }]);
    expect(answer.predictMs).toBeGreaterThan(0);
  });

  test.each([
    "",
    "/",
    "/v2",
    "/v2/",
    "/v2/models/echo",
    "/v2/models/echo/infer",
    "/v2/models/echo/versions/1",
  ])("the address of the server, of the model or of its infer: %s", async (path) => {
    const { url } = await serve(startUpstream(openInferenceService));
    const target = upstreamTarget(`${url}${path}`, echo);
    const { outputs } = await askUpstreamTensors(target, [numbers(1n, 2n)], bounds);
    expect(outputs[0]?.data).toEqual(new BigInt64Array([1n, 2n]));
    expect(await describeUpstream(target.upstream, {})).toEqual({
      inputs: echo.inputs,
      outputs: echo.outputs,
    });
  });

  test("without the model's name there is nothing to ask", async () => {
    const { upstream } = upstreamTarget("http://127.0.0.1:9", { ...echo, model: null });
    await expect(describeUpstream(upstream, {})).rejects.toMatchObject({ code: "request.invalid" });
  });

  test("an input the service does not like is the caller's: model.failed, and it stays in use", async () => {
    const { url } = await serve(startUpstream(openInferenceService));
    const target = upstreamTarget(url, echo);
    const wrong = { ...numbers(1n, 2n), name: "letters" };
    for (let call = 0; call < 8; call += 1)
      await expect(askUpstreamTensors(target, [wrong], bounds)).rejects.toMatchObject({
        code: "model.failed",
      });
    expect((await askUpstreamTensors(target, [numbers(1n, 2n)], bounds)).outputs).toHaveLength(1);
  });
});

describe("json", () => {
  test("one body for each row, in their order", async () => {
    const { url, connections } = await serve(startUpstream(doublingService));
    const rows = Array.from({ length: 100 }, (_, x) => ({ x }));
    const answer = await askUpstreamRows(upstreamTarget(url), rows, bounds);
    expect(answer.rows).toEqual(rows.map(({ x }) => ({ doubled: 2 * x })));
    expect(answer.tokens).toBeUndefined();
    expect(connections().opened).toBeLessThanOrEqual(8);
  });

  test("a member of each answer", async () => {
    const { url } = await serve(startUpstream(doublingService));
    const target = upstreamTarget(url, { resultsMember: "doubled" });
    expect((await askUpstreamRows(target, [{ x: 4 }], bounds)).rows).toEqual([8]);
    const other = upstreamTarget(url, { resultsMember: "toString" });
    await expect(askUpstreamRows(other, [{ x: 4 }], bounds)).rejects.toMatchObject({
      code: "upstream.invalid_answer",
    });
  });

  test("all rows in one body", async () => {
    const { url, connections } = await serve(startUpstream(doublingService));
    const target = upstreamTarget(url, { rowsMember: "rows", resultsMember: "results" });
    expect((await askUpstreamRows(target, [{ x: 1 }, { x: 2 }], bounds)).rows).toEqual([
      { doubled: 2 },
      { doubled: 4 },
    ]);
    expect(connections().opened).toBe(1);
  });

  test.each([[[1]], [[1, 2, 3]], [{ 0: 1, 1: 2 }], [null]])(
    "as many results as rows: %j is not",
    async (results) => {
      const { url } = await serve(
        startUpstream((_request, response) => sendJson(response, 200, { results })),
      );
      const target = upstreamTarget(url, { rowsMember: "rows", resultsMember: "results" });
      await expect(askUpstreamRows(target, [{ x: 1 }, { x: 2 }], bounds)).rejects.toMatchObject({
        code: "upstream.invalid_answer",
      });
    },
  );

  test("the first row that fails ends the call, and the others with it", async () => {
    let asked = 0;
    const { url, connections } = await serve(
      startUpstream((_request, response) => {
        asked += 1;
        if (asked === 3) sendJson(response, 422, { detail: "no" });
        else setTimeout(() => sendJson(response, 200, {}), 2_000);
      }),
    );
    const rows = Array.from({ length: 100 }, (_, x) => ({ x }));
    const startedAt = performance.now();
    await expect(askUpstreamRows(upstreamTarget(url), rows, bounds)).rejects.toMatchObject({
      code: "model.failed",
    });
    expect(performance.now() - startedAt).toBeLessThan(1_500);
    await new Promise((resolve) => setTimeout(resolve, 50));
    // The connection that did its work is kept.
    expect([asked, connections().open]).toEqual([8, 1]);
  });
});

describe("chat", () => {
  const chat = { preset: "chat" as const, model: "small", systemPrompt: "Be brief.", tokensMax: 3 };

  test.each(["/v1", "/v1/", "/v1/chat/completions"])("a prompt goes, a text comes: %s", async (path) => {
    const { url } = await serve(startUpstream(chatService));
    const target = upstreamTarget(`${url}${path}`, chat);
    const answer = await askUpstreamRows(target, [{ prompt: "abc" }, { n: 1, words: "hello" }], bounds);
    expect(answer.rows).toEqual([
      { text: "cba", finish_reason: "stop" },
      { text: "oll", finish_reason: "length" },
    ]);
    expect(answer.tokens).toBe(6 + 8);
  });

  test("without a text in its answer it is no answer", async () => {
    const { url } = await serve(
      startUpstream((_request, response) => sendJson(response, 200, { choices: [{}] })),
    );
    const asking = askUpstreamRows(upstreamTarget(url, chat), [{ prompt: "abc" }], bounds);
    await expect(asking).rejects.toMatchObject({ code: "upstream.invalid_answer" });
  });
});

describe("secret headers", () => {
  const headers = { Authorization: "Bearer s3cret-token-of-ours", "X-Api-Key": 'quo"ted-secret' };

  test("arrive, and cannot change what travels about the connection", async () => {
    let heard: NodeJS.Dict<string | string[]> = {};
    const { url, port } = await serve(
      startUpstream((request, response) => {
        heard = request.headers;
        sendJson(response, 200, 1);
      }),
    );
    const odd = {
      "Content-Length": "999",
      "Transfer-Encoding": "chunked",
      Host: "elsewhere",
      Connection: "close",
    };
    await askUpstreamRows(upstreamTarget(url, { headers: { ...headers, ...odd } }), [{ x: 1 }], bounds);
    expect(heard).toMatchObject({
      authorization: headers.Authorization,
      "x-api-key": headers["X-Api-Key"],
      host: `127.0.0.1:${port}`,
      "content-length": "7",
      connection: "keep-alive",
    });
    expect(heard["transfer-encoding"]).toBeUndefined();
  });

  // Seen failing: with excerpt() not replacing the secrets.
  test("appear in no error and no report, even when the service sends them back", async () => {
    const { url } = await serve(
      startUpstream(async (request, response) => {
        await readBody(request);
        sendJson(response, 401, { detail: "who is this?", ...request.headers });
      }),
    );
    const target = upstreamTarget(url, { headers });
    const error = await askUpstreamRows(target, [{ x: 1 }], bounds).catch((cause: Error) => cause);
    const { reason } = upstreamReport(target.id);
    expect(reason).toContain('It answered 401: {"detail":"who is this?"');
    const told = JSON.stringify([
      error,
      String(error),
      (error as Error).cause,
      String((error as Error).cause),
      reason,
    ]);
    expect(told).not.toMatch(/s3cret|ted-secret/);
    expect(String(error)).not.toContain("who is this");
  });
});

describe("time and callers", () => {
  test("a caller who goes away takes the request along", async () => {
    const { url, connections } = await serve(startUpstream(() => {}));
    const target = upstreamTarget(url);
    const caller = new AbortController();
    const asking = askUpstreamRows(target, [{ x: 1 }], { ...bounds, signal: caller.signal });
    setTimeout(() => caller.abort(), 100);
    await expect(asking).rejects.toMatchObject({ name: "AbortError" });
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(connections().open).toBe(0);
    expect(upstreamReport(target.id)).toMatchObject({ running: 0, queued: 0, reason: null });
  });

  test("16 run, others wait, and more than queueMax are refused at once", async () => {
    const { url } = await serve(startUpstream(() => {}));
    const target = upstreamTarget(url, { queueMax: 3 });
    const ask = () => askUpstreamRows(target, [{ x: 1 }], { timeoutMs: 500 }).catch(({ code }) => code);
    const waiting = Array.from({ length: 19 }, ask);
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(upstreamReport(target.id)).toMatchObject({
      running: 16,
      queued: 3,
      runners: 16,
      state: "warming",
    });
    expect(await ask()).toBe("model.busy");
    expect(await Promise.all(waiting)).toEqual(Array(19).fill("model.timed_out"));
  });

  test("50 at once against a service that sleeps: each is told within 100 ms of the limit", async () => {
    const { url } = await serve(startUpstream(() => {}));
    const target = upstreamTarget(url);
    const took = await Promise.all(
      Array.from({ length: 50 }, async () => {
        const startedAt = performance.now();
        await askUpstreamRows(target, [{ x: 1 }], { timeoutMs: 1_000 }).catch(() => {});
        return performance.now() - startedAt;
      }),
    );
    expect(Math.max(...took)).toBeLessThan(1_100);
  });
});

describe("connections", () => {
  test("are used again", async () => {
    const { url, connections } = await serve(startUpstream(doublingService));
    const target = upstreamTarget(url);
    for (let x = 0; x < 50; x += 1) await askUpstreamRows(target, [{ x }], bounds);
    expect(connections()).toEqual({ opened: 1, open: 1 });
    expect(upstreamReport(target.id)).toMatchObject({ state: "ready", runners: 1, reason: null });
  });

  // Seen failing: without sendOnFreshIfStale, the call after the closing failed.
  test("closed while they were waiting: the request is sent once more, on a new one", async () => {
    const server = await serve(
      startRawUpstream((socket, request) => {
        // The second request finds a connection that is closed just then, before a byte of an answer.
        if (request === 2) socket.destroy();
        else socket.write("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n1");
      }),
    );
    const target = upstreamTarget(server.url);
    expect((await askUpstreamRows(target, [{}], bounds)).rows).toEqual([1]);
    expect((await askUpstreamRows(target, [{}], bounds)).rows).toEqual([1]);
    expect(server.connections().opened).toBe(2);
  });

  test("closed after the first byte of an answer, or on a new one: never sent again", async () => {
    let requests = 0;
    const server = await serve(
      startRawUpstream((socket, request) => {
        requests = request;
        if (request === 1) socket.write("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n1");
        else if (request === 2) socket.end("HTTP/1.1 2");
        else socket.destroy();
      }),
    );
    const target = upstreamTarget(server.url);
    await askUpstreamRows(target, [{}], bounds);
    for (const expected of [2, 3]) {
      await expect(askUpstreamRows(target, [{}], bounds)).rejects.toMatchObject({ code: /upstream/ });
      expect(requests).toBe(expected);
    }
  });

  test.each(["at once", "later"])(
    "a second answer that nobody asked for (%s) reaches no other call",
    async (when) => {
      const server = await serve(
        startRawUpstream((socket, request) => {
          const answer = (text: string) => `HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n${text}`;
          if (request > 1) socket.write(answer(String(request)));
          else if (when === "at once") socket.write(answer("1") + answer("9"));
          else {
            socket.write(answer("1"));
            setTimeout(() => socket.write(answer("9")), 20);
          }
        }),
      );
      const target = upstreamTarget(server.url);
      for (const expected of [1, 2, 3]) {
        expect((await askUpstreamRows(target, [{}], bounds)).rows).toEqual([expected]);
        await new Promise((resolve) => setTimeout(resolve, 60));
      }
    },
  );
});

test("a name with several addresses: one that does not answer is passed over", async () => {
  const { port } = await serve(startUpstream(doublingService));
  const restore = useNames(() => ["127.0.0.9", "127.0.0.1"]);
  const target = upstreamTarget(`http://models.test:${port}`);
  expect((await askUpstreamRows(target, [{ x: 1 }], bounds)).rows).toEqual([{ doubled: 2 }]);
  restore();
});
