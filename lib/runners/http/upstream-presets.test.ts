import { afterEach, describe, expect, test } from "vitest";
import { upstreamTarget } from "../../testing/upstream-targets";
import {
  chatService,
  doublingService,
  openInferenceService,
  sendJson,
  startUpstream,
  type UpstreamServer,
} from "../../testing/upstreams";
import type { Tensor } from "../domain";
import { askUpstreamRows, askUpstreamTensors, closeUpstreams, describeUpstream } from "./upstream";

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
        // The others would wait for as long as they may.
      }),
    );
    const rows = Array.from({ length: 100 }, (_, x) => ({ x }));
    await expect(askUpstreamRows(upstreamTarget(url), rows, bounds)).rejects.toMatchObject({
      code: "model.failed",
    });
    // The connection that did its work is kept.
    await expect.poll(() => connections().open).toBeLessThanOrEqual(1);
    expect(asked).toBeLessThanOrEqual(8);
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
