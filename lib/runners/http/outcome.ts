import type { Answer } from "./exchange";
import { excerpt, invalidAnswer, UpstreamFault } from "./fault";

const restMaxSeconds = 60;

/** Seconds or a date, as RFC 9110 allows; null when it is neither. By default never longer than callers can be put off. */
export function readRetryAfter(
  value: string | undefined,
  nowMs: number,
  mostSeconds = restMaxSeconds,
): number | null {
  if (value === undefined) return null;
  const seconds = /^\d{1,9}$/.test(value.trim())
    ? Number(value)
    : Math.ceil(((/ GMT$/.test(value) ? Date.parse(value) : Number.NaN) - nowMs) / 1_000);
  return Number.isFinite(seconds) ? Math.min(mostSeconds, Math.max(1, seconds)) : null;
}

/** It asked to be left alone. */
export class RestRequest extends UpstreamFault {
  constructor(readonly seconds: number) {
    super("upstream.resting", "It has too much to do and asked to be left alone for a while.", {
      detail: "The service behind the model has too much to do and asked to be left alone for a while.",
      retryAfterSeconds: seconds,
    });
  }
}

/** These say that the input was looked at and not liked. */
const inputStatuses = [400, 413, 422];
/** And these that somebody between here and the service did not reach it. */
const gatewayStatuses = [502, 504];

/** The body of a success; everything else is a fault. Nothing of it but an excerpt for administrators is kept. */
export function successText(
  answer: Answer,
  headers: Readonly<Record<string, string>>,
  nowMs: number,
): string {
  const { status, text, retryAfter } = answer;
  if (status >= 200 && status < 300) return text;
  const words = excerpt(text, headers);
  const logged = `It answered ${status}.`;
  const said = words === "" ? logged : `It answered ${status}: ${words}`;
  if (status >= 300 && status < 400)
    throw invalidAnswer(`It redirects to another address (${status}), which is never followed.`);
  if (inputStatuses.includes(status))
    throw new UpstreamFault("model.failed", said, { logged, isHarmless: true });
  if (status === 429 || status === 503) {
    const seconds = readRetryAfter(retryAfter, nowMs);
    throw seconds === null
      ? new UpstreamFault("model.busy", said, { logged, retryAfterSeconds: 1 })
      : new RestRequest(seconds);
  }
  if (gatewayStatuses.includes(status)) throw new UpstreamFault("upstream.unreachable", said, { logged });
  // An input can make a program stumble. One caller must not be able to shut the others out with it.
  if (status >= 500) throw new UpstreamFault("model.failed", said, { logged, isHarmless: true });
  throw invalidAnswer(said, logged);
}
