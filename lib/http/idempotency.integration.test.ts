import { describe, expect, test } from "vitest";
import { z } from "zod";
import { AppError } from "../core/errors";
import { hourMs, minuteMs } from "../core/time";
import { moveClock } from "../infra/clock";
import { db } from "../infra/db/client";
import { makeKey, makeUser, signedIn, signedInProgram } from "../testing/factories";
import { callHandler } from "../testing/request";
import { parseIdempotencyKey } from "./idempotency";
import { route } from "./route";

let made = 0;
let work: () => Promise<void> = async () => {};
const body = z.strictObject({ name: z.string() });
const make = route(
  {
    summary: "Make",
    auth: "member",
    body,
    idempotent: true,
    response: { status: 201, schema: z.strictObject({ name: z.string(), number: z.number() }) },
  },
  async (input) => {
    await work();
    made += 1;
    return { name: input.body.name, number: made };
  },
);

const caller = async () => {
  const as = await signedIn(await makeUser());
  return (name: string, key: string, target = "/api/make") =>
    callHandler<{ number: number; code: string }>(make, "POST", target, {
      as,
      body: { name },
      headers: { "idempotency-key": key },
    });
};

describe("the same Idempotency-Key", () => {
  // Seen failing: with the hook in route() off.
  test("with the same body answers as the first time and does nothing twice", async () => {
    const call = await caller();
    const first = await call("a", "key-1");
    const second = await call("a", "key-1");
    expect([first.status, second.status]).toEqual([201, 201]);
    expect(second.text).toBe(first.text);
    expect(first.headers.has("idempotent-replayed")).toBe(false);
    expect(second.headers.get("idempotent-replayed")).toBe("true");
    expect(second.headers.get("x-request-id")).not.toBe(first.headers.get("x-request-id"));
  });

  // Seen failing: with the user's id alone as owner of the answers, the weaker key is answered like the stronger.
  test("with another credential of the same person is another call: no answer of a stronger one is handed on", async () => {
    const user = await makeUser();
    const calls = [
      await signedIn(user),
      await signedInProgram(user),
      await makeKey(user, { scopes: ["predict", "keys"] }),
      await makeKey(user, { scopes: ["predict"] }),
    ];
    const answers = await Promise.all(
      calls.map((credential) =>
        callHandler<{ number: number }>(make, "POST", "/api/make", {
          body: { name: "a" },
          headers: {
            "idempotency-key": "key-of-all",
            ...("cookie" in credential ? { cookie: credential.cookie } : credential.headers),
          },
        }),
      ),
    );
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201, 201]);
    expect(new Set(answers.map((answer) => answer.body.number)).size).toBe(4);
  });

  test("with another body is a 422 and does nothing", async () => {
    const call = await caller();
    await call("a", "key-1");
    const before = made;
    expect(await call("b", "key-1")).toMatchObject({
      status: 422,
      body: { code: "request.idempotency_key_reused" },
    });
    expect(made).toBe(before);
  });

  test("of another person is another key: nobody gets somebody else's answer", async () => {
    const [one, two] = [await caller(), await caller()];
    const first = await one("a", "shared-key");
    const second = await two("a", "shared-key");
    expect(second.status).toBe(201);
    expect(second.body.number).not.toBe(first.body.number);
  });

  test("at another address is another key", async () => {
    const call = await caller();
    const first = await call("a", "key-1", "/api/make");
    const second = await call("a", "key-1", "/api/other");
    expect(second.body.number).not.toBe(first.body.number);
  });

  // Seen failing: with findUnique before create in claim().
  test("20 times at once does the work once; the others get its answer or are told to wait", async () => {
    const call = await caller();
    const before = made;
    work = () => new Promise((resolve) => setTimeout(resolve, 50));
    const answers = await Promise.all(Array.from({ length: 20 }, () => call("a", "key-20")));
    work = async () => {};
    expect(made - before).toBe(1);
    expect(answers.filter(({ status }) => status === 201).length).toBeGreaterThanOrEqual(1);
    for (const { status, body: answer, headers } of answers) {
      if (status === 201) continue;
      expect([status, answer.code]).toEqual([409, "request.in_progress"]);
      expect(Number(headers.get("retry-after"))).toBeGreaterThanOrEqual(1);
    }
    expect((await call("a", "key-20")).status).toBe(201);
  });

  test("may be used again at once when the work failed", async () => {
    const call = await caller();
    work = async () => {
      throw new AppError("user.email_taken");
    };
    expect((await call("a", "key-1")).status).toBe(409);
    work = async () => {};
    expect((await call("a", "key-1")).status).toBe(201);
  });

  test("after a crash half-way: refused while somebody may still be at it, taken over afterwards, by one", async () => {
    const call = await caller();
    await call("a", "key-crash");
    await db().idempotencyRecord.updateMany({ data: { status: null, body: null } });
    expect(await call("a", "key-crash")).toMatchObject({
      status: 409,
      body: { code: "request.in_progress" },
    });
    moveClock(2 * minuteMs + 1_000);
    const before = made;
    const answers = await Promise.all(Array.from({ length: 10 }, () => call("a", "key-crash")));
    expect(made - before).toBe(1);
    expect(answers.filter(({ status }) => status === 201).length).toBeGreaterThanOrEqual(1);
  });

  test("is forgotten after 24 hours", async () => {
    const call = await caller();
    const first = await call("a", "key-old");
    moveClock(24 * hourMs - minuteMs);
    expect((await call("a", "key-old")).body.number).toBe(first.body.number);
    moveClock(2 * minuteMs);
    expect((await call("b", "key-old")).body.number).not.toBe(first.body.number);
  });
});

// Seen failing: with the plain body stored.
test("the stored answer cannot be read from the database: it may hold a one-time link", async () => {
  const call = await caller();
  await call("very-secret-name", "key-1");
  const stored = JSON.stringify(await db().idempotencyRecord.findMany());
  expect(stored).not.toContain("very-secret-name");
  expect(stored).not.toContain("key-1");
});

test("without the header nothing is remembered", async () => {
  const as = await signedIn(await makeUser());
  const before = await db().idempotencyRecord.count();
  const plain = () => callHandler<{ number: number }>(make, "POST", "/api/make", { as, body: { name: "a" } });
  expect((await plain()).body.number).not.toBe((await plain()).body.number);
  expect(await db().idempotencyRecord.count()).toBe(before);
});

test.each<[string | null, string | null]>([
  [null, null],
  ["abc", "abc"],
  ['"abc"', "abc"],
  ["  abc ", "abc"],
  ["8e03978e-40d5-43dd-bc93-6894a57f9324", "8e03978e-40d5-43dd-bc93-6894a57f9324"],
  ["x".repeat(255), "x".repeat(255)],
])("the header %j is the key %j", (header, key) => expect(parseIdempotencyKey(header)).toBe(key));

test.each(["", "   ", '""', "x".repeat(256), "a\u0007b", "ä"])(
  "the header %j is refused with a 422",
  (header) => {
    expect(() => parseIdempotencyKey(header)).toThrow(expect.objectContaining({ code: "request.invalid" }));
  },
);
