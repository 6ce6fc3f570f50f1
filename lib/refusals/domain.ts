import { type ErrorCode, errorTable, type Fault, isErrorCode } from "../core/errors";

/** A request that was refused or failed, as the recorder keeps it. */
export type Refusal = {
  id: string;
  requestId: string;
  at: Date;
  userId: string | null;
  keyId: string | null;
  address: string;
  method: string;
  path: string;
  status: number;
  code: string;
  detail: string;
  facts: Facts;
};

/** The numbers at that moment; nothing of the body and no secret. */
export type Facts = {
  faults?: readonly Fault[];
  retryAfterSeconds?: number;
  /** The rate headers of the answer. */
  rateHeaders?: Readonly<Record<string, string>>;
  /** The scope that was missing. */
  scope?: string;
};

type Rung = {
  id: string;
  title: string;
  words: string;
  stops: (code: ErrorCode, refusal: Refusal) => boolean;
};

const among =
  (...codes: ErrorCode[]) =>
  (code: ErrorCode): boolean =>
    codes.includes(code);

/** The call of a model goes through checks that nothing else has. */
export const isPredictionPath = (path: string): boolean =>
  /^\/api\/v1\/predictions$|^\/v2\/models\//.test(path);

const isAboutRows = ({ facts, path }: Refusal): boolean =>
  isPredictionPath(path) && (facts.faults ?? []).some(({ pointer }) => /^\/inputs?(\/|$)/.test(pointer));

const isFlood = ({ facts }: Refusal): boolean =>
  facts.rateHeaders?.["RateLimit-Policy"]?.startsWith('"anonymous"') ?? false;

/** The checks of every request, in the order in which they are made. */
const rungs: readonly Rung[] = [
  {
    id: "address",
    title: "Address",
    words: "The address exists and takes this method.",
    stops: among("route.not_found", "request.method_not_allowed"),
  },
  {
    id: "flood",
    title: "Flood guard",
    words: "Callers without a valid credential share a small number of calls per network address.",
    stops: (code, refusal) => code === "rate.limited" && isFlood(refusal),
  },
  {
    id: "credential",
    title: "Credential",
    words: "A session, token or API key is there, is real, and has not ended.",
    stops: among(
      "auth.required",
      "auth.invalid_token",
      "auth.invalid_credentials",
      "auth.too_many_attempts",
      "auth.busy",
      "auth.refresh_reused",
      "request.two_credentials",
      "link.invalid",
      "key.revoked",
      "key.expired",
      "key.frozen",
    ),
  },
  {
    id: "place",
    title: "Where it came from",
    words: "The key may be used from this network address, and a browser sent this from a page of ours.",
    stops: among("key.address_not_allowed", "request.cross_site"),
  },
  {
    id: "rate",
    title: "Rate",
    words: "Plan and key leave room for one more call in this minute and hour.",
    stops: (code, refusal) => code === "rate.limited" && !isFlood(refusal),
  },
  {
    id: "rights",
    title: "Rights",
    words: "The role and the scopes of the key or token cover what was asked.",
    stops: among("auth.scope_missing", "auth.forbidden", "auth.wrong_password"),
  },
  {
    id: "request",
    title: "Request",
    words: "The body can be read, is not too large, and has the members it should have.",
    stops: (code, refusal) =>
      ["malformed", "too_large", "unsupported"].includes(errorTable[code].kind) ||
      code === "request.idempotency_key_reused" ||
      code === "request.in_progress" ||
      (errorTable[code].kind === "invalid" && !isAboutRows(refusal)),
  },
];

const predictionRungs: readonly Rung[] = [
  {
    id: "model",
    title: "Model",
    words: "The model and the version exist, may be used by the caller, and are in service.",
    stops: among("model.not_found", "model.version_not_found", "model.paused"),
  },
  {
    id: "input",
    title: "Input",
    words: "Every value fits the model's signature: names, types, ranges, categories, number of rows.",
    stops: (code, refusal) => errorTable[code].kind === "invalid" && isAboutRows(refusal),
  },
  {
    id: "places",
    title: "Calls at the same time",
    words: "Plan and key leave room for one more call beside those that are running.",
    stops: among("rate.too_many_at_once"),
  },
  {
    id: "runner",
    title: "The model's answer",
    words: "A runner was free in time, and the model gave an answer that fits.",
    stops: (code) => /^(model|upstream)\./.test(code),
  },
];

const objectRungs: readonly Rung[] = [
  {
    id: "object",
    title: "The thing itself",
    words: "What the request names exists, may be seen by the caller, and can be changed as asked.",
    stops: (code) => ["not_found", "conflict"].includes(errorTable[code].kind),
  },
];

const lastRung: Rung = {
  id: "service",
  title: "The app itself",
  words: "Database and everything else that is needed did their part.",
  stops: () => true,
};

export type RungState = "passed" | "refused" | "not_reached";
export type LadderRung = { id: string; title: string; words: string; state: RungState };

/** Every check that the request had to pass, and the one that said no. */
export function ladderOf(refusal: Refusal): LadderRung[] {
  const all = [...rungs, ...(isPredictionPath(refusal.path) ? predictionRungs : objectRungs), lastRung];
  const code: ErrorCode = isErrorCode(refusal.code) ? refusal.code : "service.error";
  const stoppedAt = all.findIndex(({ stops }) => stops(code, refusal));
  return all.map(({ id, title, words }, index) => ({
    id,
    title,
    words,
    state: index < stoppedAt ? "passed" : index === stoppedAt ? "refused" : "not_reached",
  }));
}

type NamedNumber = { name: string; value: string };

const policyNames: Record<string, string> = {
  anonymous: "Calls without a valid credential",
  api: "Requests of this user",
  "plan-minute": "Calls per minute of the plan",
  "plan-hour": "Calls per hour of the plan",
  "plan-concurrency": "Calls at the same time of the plan",
  "key-minute": "Calls per minute of the key",
  "key-hour": "Calls per hour of the key",
  "key-concurrency": "Calls at the same time of the key",
};

/** The limits as they stood, from the headers that went out with the refusal. */
export function numbersOf({ retryAfterSeconds, rateHeaders, scope }: Facts): NamedNumber[] {
  const numbers: NamedNumber[] = [];
  const left = new Map(
    [...(rateHeaders?.RateLimit ?? "").matchAll(/"([\w-]+)";r=(\d+)/g)].map(([, name, count]) => [
      name,
      count,
    ]),
  );
  for (const [, name = "", limit] of (rateHeaders?.["RateLimit-Policy"] ?? "").matchAll(
    /"([\w-]+)";q=(\d+)/g,
  )) {
    const count = left.get(name);
    numbers.push({
      name: policyNames[name] ?? name,
      value: count === undefined ? `${limit} allowed` : `${limit} allowed, ${count} left`,
    });
  }
  if (scope !== undefined) numbers.push({ name: "Scope that was missing", value: scope });
  if (retryAfterSeconds !== undefined)
    numbers.push({ name: "A retry was accepted after", value: `${retryAfterSeconds} s` });
  return numbers;
}
