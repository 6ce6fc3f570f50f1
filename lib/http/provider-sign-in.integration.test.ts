import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { minuteMs } from "../core/time";
import { moveClock, now, resetClock } from "../infra/clock";
import { db } from "../infra/db/client";
import { changeProvider } from "../providers/commands/change-provider";
import { createProvider } from "../providers/commands/create-provider";
import { deleteProvider } from "../providers/commands/delete-provider";
import { unlinkAccount } from "../providers/commands/unlink-account";
import { changeSettings } from "../settings/commands";
import { Browser } from "../testing/browser";
import { makeAdmin, makeUser, type SignedIn, signedIn } from "../testing/factories";
import { type Behaviour, startIssuer, type TestIssuer, testClient } from "../testing/issuer";
import { testPassword } from "../testing/test-password";
import { authenticate } from "./authenticate";
import { checkCookie, sessionCookie } from "./cookies";
import { beginLinkAt } from "./provider-sign-in";

let issuer: TestIssuer;
let other: TestIssuer;
let admin: SignedIn;

const add = (id: string, { url }: TestIssuer) =>
  createProvider(admin.actor, { kind: "oidc", id, title: id, issuer: url, enabled: true, ...testClient });

beforeAll(async () => {
  [issuer, other] = await Promise.all([startIssuer(), startIssuer()]);
  admin = await signedIn(await makeAdmin());
  await add("work", issuer);
  await add("club", other);
});
afterAll(() => {
  issuer.stop();
  other.stop();
});
beforeEach(() => {
  issuer.behave();
  other.behave();
  resetClock();
});

let people = 0;
const newSubject = () => {
  people += 1;
  return `person-${people}`;
};

async function begin(browser: Browser, provider = "work"): Promise<string> {
  const form = { csrfToken: await browser.csrfToken(), callbackUrl: "/welcome?next=/keys" };
  const answer = await browser.call<{ url: string }>("POST", `/api/auth/signin/${provider}`, form);
  expect(answer.status).toBe(200);
  return answer.body.url;
}

/** Where the browser ends up, without the host. */
async function finish(browser: Browser, back: URL | string): Promise<string> {
  const { pathname, search } = new URL(back);
  const answer = await browser.call("GET", pathname + search);
  expect(answer.status).toBe(302);
  const location = new URL(answer.headers.get("location") ?? "");
  expect(location.origin).toBe("http://localhost:3000");
  return location.href.slice(location.origin.length);
}

const signInThrough = async (browser: Browser) => finish(browser, await issuer.visit(await begin(browser)));

/** Somebody who signed in with the password, and whose browser that is. */
async function personWithBrowser() {
  const user = await makeUser();
  const browser = new Browser();
  await browser.signIn(user.email, testPassword);
  return { user, browser };
}

/** Sets out to connect a service, as the page does. */
async function beginLink(browser: Browser, provider = "work"): Promise<string> {
  const actor = await authenticate(new Headers({ cookie: browser.cookie }));
  if (actor.kind !== "session") throw new Error("nobody is signed in");
  const answer = await beginLinkAt(actor, provider);
  browser.keepAll(answer.headers);
  return ((await answer.json()) as { url: string }).url;
}

async function connected(subject = newSubject()) {
  const { user, browser } = await personWithBrowser();
  issuer.behave({ person: { sub: subject, email: user.email } });
  expect(await finish(browser, await issuer.visit(await beginLink(browser)))).toBe(
    "/account/security?connected=work",
  );
  return { user, browser, subject };
}

const rows = async () => [await db().session.count(), await db().account.count(), await db().user.count()];

test("a service is connected from a signed-in session, and opens the account from then on", async () => {
  const { user, subject, browser } = await connected();
  const account = await db().account.findFirstOrThrow({ where: { providerAccountId: subject } });
  expect(account).toMatchObject({ userId: user.id, provider: "work", label: user.email });
  // Nothing of what the service gave out is kept.
  const { access_token, refresh_token, id_token } = account;
  expect([access_token, refresh_token, id_token]).toEqual([null, null, null]);
  expect(await db().mail.count({ where: { userId: user.id, kind: "account_linked" } })).toBe(1);

  await browser.signOut();
  const another = new Browser();
  expect(await signInThrough(another)).toBe("/welcome?next=/keys");
  expect((await another.session())?.user?.id).toBe(user.id);
  const session = await db().session.findFirstOrThrow({ where: { userId: user.id, endedAt: null } });
  expect(session).toMatchObject({ method: "work", kind: "browser" });
  expect(another.cookieNamed(checkCookie("work", "state"))).toBeUndefined();
});

// Seen failing: the last six without checkIdToken() in fetchOf(); NextAuth alone takes them.
describe("what a hostile service says", () => {
  const seconds = () => Math.floor(Date.now() / 1000);
  const unsigned = (claims: object): string =>
    [{ alg: "none" }, claims]
      .map((part) => Buffer.from(JSON.stringify(part)).toString("base64url"))
      .join(".");

  const lies: Record<string, () => Partial<Behaviour>> = {
    "another issuer": () => ({ claims: (claims) => ({ ...claims, iss: "https://accounts.google.com" }) }),
    "another audience": () => ({ claims: (claims) => ({ ...claims, aud: "somebody-else" }) }),
    "another nonce": () => ({ claims: (claims) => ({ ...claims, nonce: "guessed" }) }),
    "no nonce": () => ({ claims: ({ nonce: _, ...claims }) => claims }),
    "no subject": () => ({ claims: ({ sub: _, ...claims }) => claims }),
    "another person at the second address": () => ({ userinfo: () => ({ sub: "somebody else" }) }),
    "that it is over": () => ({ claims: (claims) => ({ ...claims, exp: seconds() - 120 }) }),
    "no end": () => ({ claims: ({ exp: _, ...claims }) => claims }),
    "that it begins tomorrow": () => ({ claims: (claims) => ({ ...claims, iat: seconds() + 86_400 }) }),
    "something from yesterday": () => ({ claims: (claims) => ({ ...claims, iat: seconds() - 86_400 }) }),
    "nothing that is signed": () => ({ sign: async (claims) => `${unsigned(claims)}.` }),
    "something signed with its public key": () => ({
      sign: async (claims) => issuer.signWith({ alg: "HS256", kid: "one" }, claims, await issuer.publicKey()),
    }),
    "something that another key signed": () => ({
      sign: (claims) => other.signWith({ alg: "RS256", kid: "one" }, claims),
    }),
    "something changed after it was signed": () => ({
      sign: async (claims) => {
        const [header, , signature] = (
          await issuer.signWith({ alg: "RS256", kid: "one" }, { ...claims, sub: "me" })
        ).split(".");
        return [header, Buffer.from(JSON.stringify(claims)).toString("base64url"), signature].join(".");
      },
    }),
  };

  test.each(Object.keys(lies))("%s: nobody is signed in", async (name) => {
    const { subject } = await connected();
    const before = await rows();
    issuer.behave({ person: { sub: subject }, ...lies[name]?.() });
    const browser = new Browser();
    expect(await signInThrough(browser)).toMatch(/^\/login\?error=auth.provider_failed/);
    expect(browser.cookieNamed(sessionCookie())).toBeUndefined();
    expect(await rows()).toEqual(before);
    // The same person, and the truth: it was the lie.
    issuer.behave({ person: { sub: subject } });
    expect(await signInThrough(browser)).toBe("/welcome?next=/keys");
  });
});

describe("an answer", () => {
  const failed = /^\/login\?error=auth.(provider_failed|sign_in_over)/;

  // Seen failing: the third, without spendState() in findPerson().
  test("of one service is worth nothing to another, nor twice, nor in another browser", async () => {
    const { subject } = await connected();
    issuer.behave({ person: { sub: subject }, isLax: true });
    other.behave({ person: { sub: subject }, isLax: true });
    const before = await rows();
    const refused = async (browser: Browser, back: URL | string) => {
      expect(await finish(browser, back)).toMatch(failed);
      expect(browser.cookieNamed(sessionCookie())).toBeUndefined();
      expect(await rows()).toEqual(before);
    };

    const mixedUp = new Browser();
    await begin(mixedUp, "club");
    const ofWork = await issuer.visit(await begin(mixedUp));
    await refused(mixedUp, ofWork.href.replace("/work?", "/club?"));
    await refused(mixedUp, (await issuer.visit(await begin(mixedUp))).href.replace(/&iss=[^&]+/, "&iss=x"));

    const first = new Browser();
    const back = await issuer.visit(await begin(first));
    const copy = first.copy();
    await refused(new Browser(), back);
    const stranger = new Browser();
    await begin(stranger);
    await refused(stranger, back);
    expect(await finish(first, back)).toBe("/welcome?next=/keys");
    before[0] = (before[0] ?? 0) + 1;
    await refused(copy, back);
  });

  test.each(["verifier", "state", "nonce"])("without the %s of its browser is refused", async (check) => {
    const { subject } = await connected();
    issuer.behave({ person: { sub: subject }, isLax: true });
    const browser = new Browser();
    const back = await issuer.visit(await begin(browser));
    browser.forget(checkCookie("work", check));
    const before = await rows();
    expect(await finish(browser, back)).toMatch(failed);
    expect(await rows()).toEqual(before);
  });

  test("that is garbage is a way back to our page, and never elsewhere", async () => {
    const browser = new Browser();
    for (const query of [
      "",
      "?code=x",
      "?state=%00&code=x",
      "?error=access_denied",
      "?code=a&code=b&state=%zz",
    ])
      expect(await finish(browser, `http://localhost:3000/api/auth/callback/work${query}`)).toMatch(failed);
    const form = { csrfToken: await browser.csrfToken(), callbackUrl: "https://evil.example/" };
    const { body } = await browser.call<{ url: string }>(
      "POST",
      "/api/auth/signin/work?redirect_uri=x",
      form,
    );
    expect(new URL(body.url).searchParams.get("redirect_uri")).toBe(
      "http://localhost:3000/api/auth/callback/work",
    );
    await connected("goes-home");
    issuer.behave({ person: { sub: "goes-home" } });
    expect(await finish(browser, await issuer.visit(body.url))).toBe("/");
  });

  test("to a sign-in that another site began does not exist: it needs our own page", async () => {
    const browser = new Browser();
    await browser.csrfToken();
    const answer = await browser.call("POST", "/api/auth/signin/work", { csrfToken: "guessed" });
    expect([answer.status, answer.body.code]).toEqual([403, "request.cross_site"]);
    expect((await browser.call("GET", "/api/auth/signin/work")).status).toBe(404);
    expect((await browser.call("POST", "/api/auth/callback/work", {})).status).toBe(404);
  });
});

describe("somebody nobody knows yet", () => {
  const everybody = (registration: "open" | "invitation" | "closed", domains: string[] = []) =>
    changeSettings(admin.actor, { registration, registration_domains: domains });
  const newcomer = (email: string, email_verified: unknown) =>
    issuer.behave({ person: { sub: newSubject(), email, email_verified, name: "New Comer" } });

  test("becomes a member where everybody may register, with the address the service vouches for", async () => {
    await everybody("open", ["lab.example"]);
    newcomer("New@Lab.Example", true);
    const browser = new Browser();
    expect(await signInThrough(browser)).toBe("/welcome?next=/keys");
    const user = await db().user.findUniqueOrThrow({
      where: { email: "new@lab.example" },
      include: { accounts: true },
    });
    expect(user).toMatchObject({ role: "member", planId: "free", passwordHash: null, name: "New Comer" });
    expect([user.emailVerified !== null, user.accounts.length]).toEqual([true, 1]);
    expect(await db().auditEvent.count({ where: { action: "user.registered", objectId: user.id } })).toBe(1);
    // It is the only way in.
    const { actor } = await signedIn(user);
    await expect(unlinkAccount(actor, "work")).rejects.toMatchObject({ code: "account.last_way_in" });
    await db().user.update({ where: { id: user.id }, data: { passwordHash: "x" } });
    await unlinkAccount(actor, "work");
    expect(await db().account.count({ where: { userId: user.id } })).toBe(0);
  });

  test("is refused everywhere else, and never gets the account that has the same address", async () => {
    const known = await makeUser({ email: "known@lab.example" });
    const gone = await makeUser({ email: "gone@lab.example", deletedAt: now() });
    const cases: [registration: "open" | "invitation" | "closed", email: string, isVerified: unknown][] = [
      ["closed", "a@lab.example", true],
      ["invitation", "a@lab.example", true],
      ["open", "a@lab.example", false],
      ["open", "a@lab.example", "true"],
      ["open", "a@lab.example", undefined],
      ["open", "a@other.example", true],
      ["open", "a@evil-lab.example", true],
      ["open", "no address", true],
      ["open", known.email, true],
      ["open", gone.email, true],
    ];
    for (const [registration, email, isVerified] of cases) {
      await everybody(registration, ["lab.example"]);
      newcomer(email, isVerified);
      const before = await rows();
      const browser = new Browser();
      expect(await signInThrough(browser)).toMatch(/^\/login\?error=auth.not_linked/);
      expect(browser.cookieNamed(sessionCookie())).toBeUndefined();
      expect(await rows()).toEqual(before);
    }
  });
});

describe("connecting", () => {
  // Seen failing: without `subject` in claimLinkState().
  test("is for the session that asked, for ten minutes, once, and for one account", async () => {
    const { user, browser } = await personWithBrowser();
    const exp = Math.floor(Date.now() / 1000) + 3_600;
    issuer.behave({
      person: { sub: newSubject() },
      claims: (claims) => ({ ...claims, exp }),
      isLax: true,
    });
    const refused = async (who: Browser, back: URL) => {
      expect(await finish(who, back)).toBe("/account/security?error=auth.sign_in_over");
      expect(await db().account.count({ where: { userId: user.id } })).toBe(0);
    };
    // Another person took over the browser meanwhile; so did nobody.
    const back = await issuer.visit(await beginLink(browser));
    const somebodyElse = browser.copy();
    await somebodyElse.signOut();
    await somebodyElse.signIn((await makeUser()).email, testPassword);
    await browser.signIn(user.email, testPassword);
    await refused(somebodyElse, back);
    const late = await issuer.visit(await beginLink(browser));
    moveClock(10 * minuteMs);
    await refused(browser, late);
    resetClock();

    const fine = await issuer.visit(await beginLink(browser));
    const copy = browser.copy();
    expect(await finish(browser, fine)).toBe("/account/security?connected=work");
    expect(await finish(copy, fine)).toBe("/account/security?error=auth.sign_in_over");

    const { browser: second } = await personWithBrowser();
    expect(await finish(second, await issuer.visit(await beginLink(second)))).toBe(
      "/account/security?error=account.already_linked",
    );
    expect(await db().account.count({ where: { userId: user.id } })).toBe(1);
  });
});

describe("whoever has", () => {
  test("a second factor is asked for it: no session before", async () => {
    const { user } = await connected();
    await db().totp.create({
      data: { userId: user.id, secretSealed: "x", createdAt: now(), confirmedAt: now() },
    });
    const before = await rows();
    const browser = new Browser();
    expect(await signInThrough(browser)).toMatch(/^\/login\?next=%2Fkeys#factor=\w{20,}&methods=totp$/);
    expect(browser.cookieNamed(sessionCookie())).toBeUndefined();
    expect(await rows()).toEqual(before);
  });

  test("none but needs one sets it up first", async () => {
    await connected();
    await changeSettings(admin.actor, { second_factor_members: true });
    const browser = new Browser();
    expect(await signInThrough(browser)).toMatch(/^\/login\?next=%2Fkeys#setup=\w{20,}$/);
    expect(browser.cookieNamed(sessionCookie())).toBeUndefined();
    await changeSettings(admin.actor, { second_factor_members: null });
  });

  test("an account that is disabled is told what strangers are told", async () => {
    const { user } = await connected();
    await db().user.update({ where: { id: user.id }, data: { disabledAt: now() } });
    expect(await signInThrough(new Browser())).toMatch(/^\/login\?error=auth.not_linked/);
  });
});

test("a service that is switched off, or deleted, lets nobody in; its name means nobody afterwards", async () => {
  const { subject } = await connected();
  const browser = new Browser();
  const back = await issuer.visit(await begin(browser));
  await changeProvider(admin.actor, "work", { enabled: false });
  expect((await browser.call("GET", back.pathname + back.search)).status).toBe(404);
  const start = await browser.call("POST", "/api/auth/signin/work", { csrfToken: await browser.csrfToken() });
  expect(start.status).toBe(404);
  await changeProvider(admin.actor, "work", { enabled: true });
  // Another process, which tells nobody.
  await db().provider.update({ where: { id: "club" }, data: { isEnabled: false } });
  moveClock(1_001);
  const ofClub = await browser.call("POST", "/api/auth/signin/club", {
    csrfToken: await browser.csrfToken(),
  });
  expect(ofClub.status).toBe(404);
  await deleteProvider(admin.actor, "work");
  await add("work", other);
  other.behave({ person: { sub: subject } });
  await changeSettings(admin.actor, { registration: null });
  expect(await finish(browser, await other.visit(await begin(browser)))).toMatch(/error=auth.not_linked/);
});
