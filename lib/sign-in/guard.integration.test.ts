import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { AppError } from "../core/errors";
import { db } from "../infra/db/client";
import type { Riddle } from "../proofs/schema";
import { defaultSettings, loginWindowMs, type Settings } from "../settings/schema";
import { anonymousFrom, makeUser, signedIn } from "../testing/factories";
import { solved } from "../testing/riddles";
import type { User } from "../users/queries";
import { attemptKey, giveBackAttempt, takeAttempt } from "./attempts";
import { createDeviceToken } from "./device";
import { countAsking, countAttempt, riddleFor, stopLooking } from "./guard";

/** The number to find is small here, so that these tests do not work for a second each. */
vi.mock("node:crypto", async (original) => ({ ...(await original<object>()), randomInt: () => 2 }));

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ["Date"], now: new Date("2026-11-21T12:00:00Z") });
  await db().attemptSlot.deleteMany();
});
afterEach(() => {
  vi.useRealTimers();
});
const wait = (ms: number) => vi.setSystemTime(Date.now() + ms);
const windowMs = loginWindowMs(defaultSettings);

type Try = {
  from: string;
  email: string;
  user?: User | null;
  captcha?: string;
  settings?: Partial<Settings>;
  device?: string;
};
type Outcome = "looked at" | "too many" | Riddle;

async function outcomeOf(work: Promise<unknown>): Promise<Outcome> {
  try {
    await work;
    return "looked at";
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    if (error.code === "auth.too_many_attempts") return "too many";
    if (error.code === "auth.captcha_required") return error.extra?.captcha as Riddle;
    throw error;
  }
}
const tryOnce = ({ from, email, user = null, captcha, settings = {}, device }: Try): Promise<Outcome> =>
  outcomeOf(
    countAttempt(anonymousFrom(from), email, user, { ...defaultSettings, ...settings }, device, captcha).then(
      stopLooking,
    ),
  );

/** As the page does it: whatever is asked is solved, and the same sent again. */
async function tryPatiently(given: Try, rounds = 2): Promise<Outcome> {
  const outcome = await tryOnce(given);
  return typeof outcome === "string" || rounds === 0
    ? outcome
    : tryPatiently({ ...given, captcha: await solved(outcome) }, rounds - 1);
}
const isRiddle = (outcome: Outcome | undefined): outcome is Riddle => typeof outcome === "object";
const wordOf = (outcome: Outcome): string => (isRiddle(outcome) ? "riddle" : outcome);
const times = <T>(count: number, make: (index: number) => Promise<T>) =>
  Array.from({ length: count }).reduce<Promise<T[]>>(
    async (before, _, index) => [...(await before), await make(index)],
    Promise.resolve([]),
  );

// Seen failing: without retakeAttempt in takePlace.
test("after three tries from one address a riddle comes first; who ignores it has used up all five all the same", async () => {
  const outcomes = await times(7, (index) =>
    tryOnce({ from: "203.0.113.1", email: `nobody${index}@example.org` }),
  );
  const looked = Array(3).fill("looked at");
  expect(outcomes.map(wordOf)).toEqual([...looked, "riddle", "riddle", "too many", "too many"]);
  const second = await times(7, (index) =>
    tryPatiently({ from: "203.0.113.2", email: `nobody${index}@example.org` }),
  );
  // Whoever solves has five looks: the riddle itself took no place.
  expect(second.map(wordOf)).toEqual([...looked, "looked at", "looked at", "too many", "too many"]);
});

test("each riddle is harder than the one before, up to eight times the work; the captcha route hands out the one that is next", async () => {
  const settings = { login_attempts_max: 50 };
  const from = "203.0.113.3";
  const levels: number[] = [];
  for (let count = 0; count < 10; count += 1) {
    const outcome = await tryOnce({ from, email: `nobody${count}@example.org`, settings });
    if (isRiddle(outcome)) levels.push(outcome.parameters.data.level);
    if (count === 3) expect((await riddleFor(anonymousFrom(from))).parameters.data.level).toBe(1);
  }
  expect(levels).toEqual([0, 1, 2, 3, 3, 3, 3]);
  const ahead = await solved(await riddleFor(anonymousFrom(from)));
  expect(await tryOnce({ from, email: "nobody@example.org", settings, captcha: ahead })).toBe("looked at");
  expect(wordOf(await tryOnce({ from, email: "nobody@example.org", settings, captcha: ahead }))).toBe(
    "riddle",
  );
});

test("a right password gives its places back, and with them the right to try without a riddle", async () => {
  for (let round = 0; round < 6; round += 1) {
    const settings = defaultSettings;
    const taken = await countAttempt(
      anonymousFrom("203.0.113.4"),
      "ana@example.org",
      null,
      settings,
      undefined,
    );
    await Promise.all(taken.map(giveBackAttempt));
    stopLooking(taken);
  }
});

test("captcha_after 0 asks nobody, and then the limit per e-mail stops strangers as it always did", async () => {
  const settings = { captcha_after: 0 };
  const email = "besieged@example.org";
  const outcomes = await times(12, (index) => tryOnce({ from: `198.51.100.${index}`, email, settings }));
  expect(outcomes.map(wordOf)).toEqual([...Array(10).fill("looked at"), "too many", "too many"]);
});

describe("somebody whose address is attacked from everywhere", () => {
  async function besieged(): Promise<User> {
    const user = await makeUser();
    await signedIn(user);
    const limit = { max: 10, windowMs };
    await times(10, () => takeAttempt(attemptKey("email", user.email), limit));
    return user;
  }

  // Seen failing: with `takeUnlessFull` throwing as it does for captcha_after 0.
  test("gets in from any new place by solving, as often as the address allows; so would nobody's e-mail", async () => {
    const user = await besieged();
    const from = "198.51.100.77";
    const outcomes = await times(6, () => tryPatiently({ from, email: user.email, user }));
    expect(outcomes.map(wordOf)).toEqual([...Array(5).fill("looked at"), "too many"]);
    await times(10, () => takeAttempt(attemptKey("email", "nobody@example.org"), { max: 10, windowMs }));
    const others = await times(6, () => tryPatiently({ from: "198.51.100.78", email: "nobody@example.org" }));
    expect(others).toEqual(outcomes);
  });

  test("needs no riddle in a familiar browser, nor at a familiar address", async () => {
    const user = await besieged();
    const device = createDeviceToken(user.id);
    expect(await tryOnce({ from: "198.51.100.79", email: user.email, user, device })).toBe("looked at");
    expect(await tryOnce({ from: "192.0.2.1", email: user.email, user })).toBe("looked at");
    expect(wordOf(await tryOnce({ from: "198.51.100.80", email: user.email, user }))).toBe("riddle");
  });
});

test("tries at the same moment did not fail yet: as many are looked at as there are places, and then the riddle comes", async () => {
  const tries = Array.from({ length: 20 }, (_, index) => ({
    from: `198.51.100.${index}`,
    email: "one@example.org",
  }));
  const outcomes = await Promise.all(tries.map(tryOnce));
  expect(outcomes.filter((outcome) => outcome === "looked at").length).toBeLessThanOrEqual(10);
  expect(outcomes).not.toContain("too many");
  expect(wordOf(await tryOnce({ from: "198.51.100.99", email: "one@example.org" }))).toBe("riddle");
});

// Seen failing: with what is being looked at counted like failures.
test("people behind one address who sign in at the same moment solve no riddle, and neither does who comes after them", async () => {
  const settings = { ...defaultSettings, login_attempts_max: 50 };
  const actor = anonymousFrom("203.0.113.9");
  const together = await Promise.all(
    Array.from({ length: 30 }, (_, index) =>
      countAttempt(actor, `person${index}@example.org`, null, settings, undefined),
    ),
  );
  for (const attempts of together) {
    await Promise.all(attempts.map(giveBackAttempt));
    stopLooking(attempts);
  }
  expect(await tryOnce({ from: "203.0.113.9", email: "one@example.org", settings })).toBe("looked at");
});

describe("a solution", () => {
  const tryWith = (places: number, captcha?: string) =>
    tryOnce({
      from: "203.0.113.5",
      email: "one@example.org",
      settings: { login_attempts_max: places },
      ...(captcha ? { captcha } : {}),
    });
  async function solutionOfFourthTry(): Promise<string> {
    const riddle = (await times(4, () => tryWith(4)))[3];
    if (!isRiddle(riddle)) throw new Error("There was no riddle.");
    wait(1_000);
    return solved(riddle);
  }

  // Seen failing: with a place that may be taken anew more than once.
  test("shown 10 times at once has one password looked at, in its one place", async () => {
    const captcha = await solutionOfFourthTry();
    const outcomes = await Promise.all(Array.from({ length: 10 }, () => tryWith(4, captcha)));
    expect(outcomes.sort()).toEqual(["looked at", ...Array(9).fill("too many")]);
  });

  // Seen failing: with a solution that counts again.
  test("counts once, also where there is another place", async () => {
    const captcha = await solutionOfFourthTry();
    expect(await tryWith(5, captcha)).toBe("looked at");
    expect(wordOf(await tryWith(5, captcha))).toBe("riddle");
  });
});

// Seen failing: without giving back the place of an e-mail that was not looked at.
test("whatever strangers try, in whatever order: no window has more looks than the settings allow, known and unknown alike", async () => {
  const user = await makeUser();
  const step = fc.record({
    from: fc.integer({ min: 1, max: 4 }),
    isKnown: fc.boolean(),
    isPatient: fc.boolean(),
    ms: fc.oneof(fc.constant(0), fc.nat(10 * 60_000)),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
      await db().attemptSlot.deleteMany();
      const model = new Model();
      for (const { from, isKnown, isPatient, ms } of steps) {
        wait(ms);
        const [email, account] = isKnown ? [user.email, user] : ["nobody@example.org", null];
        const given = { from: `198.51.100.${from}`, email, user: account };
        const outcome = await (isPatient ? tryPatiently(given) : tryOnce(given));
        expect(wordOf(outcome)).toBe(model.next(given.from, email, isPatient));
      }
      wait(windowMs);
    }),
    { numRuns: 20 },
  );
});

/** What the settings promise, in a few lines: places of an address and of an e-mail, and when they were taken. */
class Model {
  private readonly places = new Map<string, number[]>();

  next(from: string, email: string, isPatient: boolean): string {
    const byAddress = this.live(from);
    const byEmail = this.live(email);
    if (byAddress.length >= 5) return "too many";
    byAddress.push(Date.now());
    const needsRiddle = byAddress.length > 3 || byEmail.length >= 3;
    if (needsRiddle && !isPatient) return "riddle";
    if (byEmail.length < 10) byEmail.push(Date.now());
    return "looked at";
  }

  private live(key: string): number[] {
    const live = (this.places.get(key) ?? []).filter((at) => at > Date.now() - windowMs);
    this.places.set(key, live);
    return live;
  }
}

test("what sends mail to strangers asks for a riddle after three, and stops at twenty", async () => {
  const ask = (captcha?: string) => outcomeOf(countAsking(anonymousFrom("203.0.113.6"), captcha));
  const outcomes = await times(21, () => ask());
  const counts = new Map<string, number>();
  for (const outcome of outcomes) counts.set(wordOf(outcome), (counts.get(wordOf(outcome)) ?? 0) + 1);
  expect(Object.fromEntries(counts)).toEqual({ "looked at": 3, riddle: 17, "too many": 1 });
  const last = outcomes[19];
  expect(isRiddle(last) && (await ask(await solved(last)))).toBe("looked at");
  expect(await ask()).toBe("too many");
});
