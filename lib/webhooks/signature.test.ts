import { Webhook } from "standardwebhooks";
import { expect, test } from "vitest";
import { newWebhookSecret, signatureOf } from "./signature";

const message = { id: "msg_1", seconds: Math.floor(Date.now() / 1_000), body: '{"type":"webhook.test"}' };
const headersFor = (signature: string, changes: Partial<typeof message> = {}) => {
  const { id, seconds } = { ...message, ...changes };
  return { "webhook-id": id, "webhook-timestamp": String(seconds), "webhook-signature": signature };
};

test("a secret is whsec_ and 32 random bytes", () => {
  const secret = newWebhookSecret();
  expect(Buffer.from(secret.replace("whsec_", ""), "base64")).toHaveLength(32);
  expect(newWebhookSecret()).not.toBe(secret);
});

test("the public package accepts our signature, and during a roll both secrets do", () => {
  const [old, fresh] = [newWebhookSecret(), newWebhookSecret()];
  const headers = headersFor(signatureOf(message, [fresh, old]));
  for (const secret of [old, fresh])
    expect(new Webhook(secret).verify(message.body, headers)).toEqual({ type: "webhook.test" });
});

test("it refuses another secret, a changed body, id or time, and an old message", () => {
  const secret = newWebhookSecret();
  const signature = signatureOf(message, [secret]);
  const verify =
    (body: string, headers: Record<string, string>, by = secret) =>
    () =>
      new Webhook(by).verify(body, headers);
  expect(verify(message.body, headersFor(signature))).not.toThrow();
  expect(verify(message.body, headersFor(signature), newWebhookSecret())).toThrow();
  expect(verify(`${message.body} `, headersFor(signature))).toThrow();
  expect(verify(message.body, headersFor(signature, { id: "msg_2" }))).toThrow();
  expect(verify(message.body, headersFor(signature, { seconds: message.seconds + 1 }))).toThrow();
  const old = { ...message, seconds: message.seconds - 600 };
  expect(verify(message.body, headersFor(signatureOf(old, [secret]), old))).toThrow(/too old/);
});
