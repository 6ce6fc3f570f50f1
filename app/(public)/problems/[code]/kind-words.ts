import type { ErrorKind } from "@/lib/core/errors";

type Words = {
  /** What the status number is called (RFC 9110). */
  name: string;
  meaning: string;
  again: string;
};

const same = "Gives the same answer until the request is changed.";
const later = "Is right, after the seconds that the header Retry-After names.";

/** For people who wrote the program that got the error. */
export const kindWords: Record<ErrorKind, Words> = {
  malformed: { name: "Bad Request", meaning: "The request cannot be read as it was sent.", again: same },
  unauthenticated: {
    name: "Unauthorized",
    meaning: "The app does not know who is asking, or does not believe it.",
    again: "Helps only with another credential.",
  },
  forbidden: {
    name: "Forbidden",
    meaning: "The app knows the request and refuses it.",
    again: "Gives the same answer until what the refusal names has changed.",
  },
  not_found: {
    name: "Not Found",
    meaning: "It does not exist, or it belongs to somebody else: the two are not told apart on purpose.",
    again: same,
  },
  method: {
    name: "Method Not Allowed",
    meaning: "The address exists, but not for this method.",
    again: same,
  },
  conflict: {
    name: "Conflict",
    meaning: "The request is fine, but does not fit how things are at the moment.",
    again: "Helps once the other thing has changed. Nothing was done.",
  },
  too_large: {
    name: "Content Too Large",
    meaning: "More was sent than the app takes in one request.",
    again: same,
  },
  unsupported: {
    name: "Unsupported Media Type",
    meaning: "The app does not read this kind of content at this address.",
    again: same,
  },
  invalid: {
    name: "Unprocessable Content",
    meaning: "The request can be read, but a value in it cannot be accepted. Nothing was done.",
    again: same,
  },
  limited: {
    name: "Too Many Requests",
    meaning: "A limit is used up for now. It frees by itself.",
    again: later,
  },
  internal: {
    name: "Internal Server Error",
    meaning: "The mistake is in the app, not in the request.",
    again:
      "May help. A POST that was sent with an Idempotency-Key can be repeated with the same key without being done twice.",
  },
  upstream: {
    name: "Bad Gateway",
    meaning: "The model, or the service behind it, did not give an answer that can be passed on.",
    again: "May help when the model is well again; with the same input it may fail again.",
  },
  unavailable: {
    name: "Service Unavailable",
    meaning: "The app, or something it depends on, cannot answer for the moment.",
    again: later,
  },
  timed_out: {
    name: "Gateway Timeout",
    meaning: "Something the app depends on did not answer in time.",
    again: "May help, after a pause.",
  },
};
