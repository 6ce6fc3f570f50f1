import { nowMs } from "../infra/clock";
import { untilRaised, withDeadline } from "../runners/http/deadline";
import { askStatus, closeConnections, openConnections } from "../runners/http/exchange";
import { readRetryAfter } from "../runners/http/outcome";
import { signatureOf } from "./signature";
import { isPrivateAllowed, reasonOf } from "./target";

const patienceMs = 20_000;
const askedSecondsMax = 24 * 60 * 60;
/** They say that it is well and cannot take more, so what it says about when is heeded. */
const busyStatuses = [429, 502, 503, 504];

export type Outcome = {
  isDelivered: boolean;
  /** It said that it wants nothing any more. */
  isGone: boolean;
  status: number | null;
  error: string | null;
  /** How long it asked to be left alone. */
  askedMs: number | null;
};

type Message = {
  id: string;
  url: string;
  body: string;
  secrets: readonly string[];
  signal: AbortSignal;
  timeoutMs?: number;
};

/**
 * One attempt. The address is checked after its name was looked up, and nothing else is connected to; a redirect is
 * a failure, and of the answer nothing but its beginning is read.
 */
export async function postMessage(message: Message): Promise<Outcome> {
  const { id, url: text, body, secrets, signal, timeoutMs = patienceMs } = message;
  const url = new URL(text);
  const seconds = Math.floor(nowMs() / 1_000);
  const headers = {
    "webhook-id": id,
    "webhook-timestamp": String(seconds),
    "webhook-signature": signatureOf({ id, seconds, body }, secrets),
  };
  const connections = openConnections(url, isPrivateAllowed());
  try {
    const { status, retryAfter } = await withDeadline({ timeoutMs, signal }, (deadline) =>
      untilRaised(deadline, () =>
        askStatus({ url, method: "POST", headers, body, signal: deadline }, connections),
      ),
    );
    return outcomeOf(status, retryAfter);
  } catch (error) {
    signal.throwIfAborted();
    return { ...failed, error: reasonOf(error) };
  } finally {
    closeConnections(connections);
  }
}

const failed: Outcome = { isDelivered: false, isGone: false, status: null, error: null, askedMs: null };

function outcomeOf(status: number, retryAfter: string | undefined): Outcome {
  if (status >= 200 && status < 300) return { ...failed, isDelivered: true, status };
  if (status === 410) return { ...failed, isGone: true, status, error: "It answered 410: it is gone." };
  if (status >= 300 && status < 400)
    return { ...failed, status, error: `It redirects (${status}), which is never followed.` };
  const seconds = busyStatuses.includes(status) ? readRetryAfter(retryAfter, nowMs(), askedSecondsMax) : null;
  return {
    ...failed,
    status,
    error: `It answered ${status}.`,
    askedMs: seconds === null ? null : seconds * 1_000,
  };
}
