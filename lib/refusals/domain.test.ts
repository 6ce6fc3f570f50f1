import { describe, expect, test } from "vitest";
import { type ErrorCode, errorTable } from "../core/errors";
import { ladderOf, numbersOf, type Refusal } from "./domain";

const refusal = (code: ErrorCode, more: Partial<Refusal> = {}): Refusal => ({
  id: "rfs_1",
  requestId: "req_1",
  at: new Date(0),
  userId: null,
  keyId: null,
  address: "192.0.2.1",
  method: "POST",
  path: "/api/v1/predictions",
  status: 400,
  code,
  detail: "",
  facts: {},
  ...more,
});

const stoppedAt = (one: Refusal) => ladderOf(one).find(({ state }) => state === "refused")?.id;
const fault = (pointer: string) => ({ faults: [{ pointer, message: "", fix: "" }] });

describe("the check that said no", () => {
  test.each<[ErrorCode, string]>([
    ["route.not_found", "address"],
    ["request.method_not_allowed", "address"],
    ["auth.required", "credential"],
    ["auth.invalid_token", "credential"],
    ["key.revoked", "credential"],
    ["key.expired", "credential"],
    ["key.frozen", "credential"],
    ["key.address_not_allowed", "place"],
    ["request.cross_site", "place"],
    ["rate.limited", "rate"],
    ["auth.scope_missing", "rights"],
    ["auth.forbidden", "rights"],
    ["request.malformed", "request"],
    ["request.unsupported_type", "request"],
    ["request.too_large", "request"],
    ["request.invalid", "request"],
    ["model.not_found", "model"],
    ["model.version_not_found", "model"],
    ["model.paused", "model"],
    ["rate.too_many_at_once", "places"],
    ["model.busy", "runner"],
    ["model.timed_out", "runner"],
    ["model.crashed", "runner"],
    ["model.failed", "runner"],
    ["upstream.resting", "runner"],
    ["upstream.invalid_answer", "runner"],
    ["service.unavailable", "service"],
    ["service.error", "service"],
  ])("of a prediction with %s is %s", (code, rung) => expect(stoppedAt(refusal(code))).toBe(rung));

  test("is the input when a row is at fault, and the request when the body around it is", () => {
    expect(stoppedAt(refusal("request.invalid", { facts: fault("/input/age") }))).toBe("input");
    expect(stoppedAt(refusal("request.invalid", { facts: fault("/inputs/3/city") }))).toBe("input");
    expect(stoppedAt(refusal("request.invalid", { facts: fault("/modle") }))).toBe("request");
  });

  test("is the flood guard when the limit is the one of strangers", () => {
    const facts = { rateHeaders: { "RateLimit-Policy": '"anonymous";q=100;w=60' } };
    expect(stoppedAt(refusal("rate.limited", { facts }))).toBe("flood");
  });

  test("of something that is not there, or in the way of a change, is the thing itself", () => {
    const path = "/api/v1/keys/key_1";
    expect(stoppedAt(refusal("key.not_found", { path }))).toBe("object");
    expect(stoppedAt(refusal("key.too_many", { path }))).toBe("object");
    expect(ladderOf(refusal("key.not_found", { path })).map(({ id }) => id)).not.toContain("runner");
  });

  test("is named for every error there is: all before it passed, none after it was reached", () => {
    for (const code of Object.keys(errorTable) as ErrorCode[])
      for (const path of ["/api/v1/predictions", "/v2/models/iris/infer", "/api/v1/keys"]) {
        const states = ladderOf(refusal(code, { path })).map(({ state }) => state);
        expect(states.join(" ")).toMatch(/^(passed )*refused( not_reached)*$/);
      }
  });

  test("is ours for a code that a newer version wrote", () =>
    expect(stoppedAt(refusal("model.from_the_future" as ErrorCode))).toBe("service"));
});

test("the numbers say how each limit stood and when a retry was accepted", () => {
  const numbers = numbersOf({
    retryAfterSeconds: 42,
    rateHeaders: {
      "RateLimit-Policy": '"plan-minute";q=10;w=60, "key-hour";q=50;w=3600',
      RateLimit: '"plan-minute";r=0;t=42',
    },
  });
  expect(numbers).toEqual([
    { name: "Calls per minute of the plan", value: "10 allowed, 0 left" },
    { name: "Calls per hour of the key", value: "50 allowed" },
    { name: "A retry was accepted after", value: "42 s" },
  ]);
});
