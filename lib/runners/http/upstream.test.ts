import { afterEach, describe, expect, test } from "vitest";
import { upstreamTarget, useNames } from "../../testing/upstream-targets";
import {
  doublingService,
  readBody,
  sendJson,
  startRawUpstream,
  startUpstream,
  type UpstreamServer,
} from "../../testing/upstreams";
import { askUpstreamRows, closeUpstreams, upstreamReport } from "./upstream";

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
    expect(String((error as Error).cause)).toBe("Error: It answered 401.");
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
    await expect.poll(() => connections().open).toBe(0);
    expect(upstreamReport(target.id)).toMatchObject({ running: 0, queued: 0, reason: null });
  });

  test("16 run, others wait, and more than queueMax are refused at once", async () => {
    const { url } = await serve(startUpstream(() => {}));
    const target = upstreamTarget(url, { queueMax: 3 });
    const ask = () => askUpstreamRows(target, [{ x: 1 }], { timeoutMs: 2_000 }).catch(({ code }) => code);
    const waiting = Array.from({ length: 19 }, ask);
    await expect
      .poll(() => upstreamReport(target.id))
      .toMatchObject({
        running: 16,
        queued: 3,
        runners: 16,
        state: "warming",
      });
    expect(await ask()).toBe("model.busy");
    expect(await Promise.all(waiting)).toEqual(Array(19).fill("model.timed_out"));
  });

  test("50 at once against a service that sleeps: each is told at the limit, those in the queue too", async () => {
    let asked = 0;
    const { url } = await serve(
      startUpstream(() => {
        asked += 1;
      }),
    );
    const target = upstreamTarget(url, { queueMax: 50 });
    const told = await Promise.all(
      Array.from({ length: 50 }, () =>
        askUpstreamRows(target, [{ x: 1 }], { timeoutMs: 1_000 }).catch(({ code }) => code),
      ),
    );
    expect(told.slice(0, 16)).toEqual(Array(16).fill("model.timed_out"));
    for (const code of told.slice(16)) expect(code).toMatch(/^(model\.timed_out|upstream\.resting)$/);
    // The others were not sent on one after the other, to wait as long again.
    expect(asked).toBeLessThan(32);
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

  // Seen failing: with every closed connection taken for a stale one.
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

  // Seen failing: with reuseSafely empty, the connection stayed open.
  test.each(["at once", "later"])(
    "a second answer that nobody asked for (%s) ends the connection",
    async (when) => {
      const answer = (text: string) => `HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n${text}`;
      const server = await serve(
        startRawUpstream((socket, request) => {
          socket.write(answer(String(request)));
          if (when === "at once") socket.write(answer("9"));
          else setTimeout(() => socket.write(answer("9")), 20);
        }),
      );
      const target = upstreamTarget(server.url);
      for (const expected of [1, 2, 3]) {
        expect((await askUpstreamRows(target, [{}], bounds)).rows).toEqual([expected]);
        await expect.poll(() => server.connections().open).toBe(0);
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
