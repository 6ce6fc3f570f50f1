import { afterAll, beforeAll, expect, test } from "vitest";
import { lyingServices, startUpstream, type UpstreamServer } from "../testing/upstreams";
import { allowHome } from "../testing/webhooks";
import { postMessage } from "./post";
import { newWebhookSecret } from "./signature";

let silent: UpstreamServer;
let forbidHome = () => {};
beforeAll(async () => {
  silent = await startUpstream(lyingServices.neverAnswers);
  forbidHome = allowHome();
});
afterAll(async () => {
  forbidHome();
  await silent.stop();
});

const message = (signal: AbortSignal) => ({
  ...{ id: "msg_1", url: silent.url, body: "{}", secrets: [newWebhookSecret()], signal },
  timeoutMs: 200,
});

test("a receiver that does not answer is given up, and its connection is closed", async () => {
  const outcome = await postMessage(message(new AbortController().signal));
  expect(outcome).toMatchObject({ isDelivered: false, status: null, error: "It did not answer in time." });
  await expect.poll(() => silent.connections().open).toBe(0);
});

test("at the end of the process nobody waits for a receiver", async () => {
  const stop = new AbortController();
  const sending = postMessage({ ...message(stop.signal), timeoutMs: 60_000 });
  await expect.poll(() => silent.connections().open).toBe(1);
  stop.abort(new Error("over"));
  await expect(sending).rejects.toThrow("over");
  await expect.poll(() => silent.connections().open).toBe(0);
});
