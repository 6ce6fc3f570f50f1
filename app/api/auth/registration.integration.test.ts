import { beforeEach, describe, expect, test, vi } from "vitest";
import { hourMs } from "@/lib/core/time";
import { moveClock, now } from "@/lib/infra/clock";
import { db } from "@/lib/infra/db/client";
import * as hashes from "@/lib/infra/password/password";
import { forgetSettings } from "@/lib/settings/queries";
import { makeUser, type SignedIn, signedIn } from "@/lib/testing/factories";
import { rememberSecret } from "@/lib/testing/leaks";
import { secretIn, writeMails } from "@/lib/testing/mails";
import { type Answer, api, type Call, type Problem } from "@/lib/testing/request";
import { createLink } from "@/lib/users/links";

const password = "violet Kettle 9 on the roof";
rememberSecret(password);

let places = 0;
/** Every call from another address: what one address may ask for is tested with the limits. */
const from = () => {
  places += 1;
  return `198.51.${Math.floor(places / 250)}.${(places % 250) + 1}`;
};
let people = 0;
const freshEmail = () => {
  people += 1;
  return `new${people}@lab.example`;
};

async function setting(key: string, value: unknown): Promise<void> {
  const row = { value: JSON.stringify(value), updatedAt: now() };
  await db().setting.upsert({ where: { key }, create: { key, ...row }, update: row });
  forgetSettings();
}
const post = <T = Problem>(path: string, body: unknown, call: Call = {}) =>
  api<T>("POST", path, { body, from: from(), ...call });
const register = (email: string, call?: Call) =>
  post("/api/auth/register", { email, name: "New Comer" }, call);
const confirm = (token: string) => post("/api/auth/register/confirm", { token, password });
const forgot = (email: string, call?: Call) => post("/api/auth/password/forgot", { email }, call);

/** All that somebody could tell answers apart by; how many calls are left is the same for whomever one asks about. */
function seen({ status, headers, text }: Answer<unknown>) {
  const alike = [...headers].filter(([name]) => !/^(x-request-id|(x-)?ratelimit.*)$/.test(name));
  return JSON.stringify({ status, headers: alike, text: text.replaceAll(/req_\w+/g, "req_") });
}

const states = {
  unknown: async () => freshEmail(),
  known: async () => (await makeUser()).email,
  invited: async () => (await makeUser({ passwordHash: null })).email,
  disabled: async () => (await makeUser({ disabledAt: now() })).email,
  deleted: async () => (await makeUser({ deletedAt: now() })).email,
};

beforeEach(async () => {
  await db().mail.deleteMany();
  await setting("registration", "open");
  await setting("registration_domains", []);
});

async function registered(email = freshEmail()): Promise<string> {
  expect((await register(email)).status).toBe(202);
  return secretIn((await writeMails()).at(-1)?.text ?? "");
}

describe("registering", () => {
  test.each(["closed", "invitation"])(
    "is refused while the setting is %s, before anything is queued",
    async (value) => {
      await setting("registration", value);
      const answers = [await register(await states.known()), await register(freshEmail())];
      expect(answers.map(({ body }) => body.code)).toEqual(Array(2).fill("auth.registration_closed"));
      expect(await db().mail.count()).toBe(0);
    },
  );

  // Seen failing: with a look at the account in askToRegister, which queued nothing for a known address.
  test("is answered alike for every state of an address; only the mailbox is told", async () => {
    const emails = await Promise.all(Object.values(states).map((make) => make()));
    const answers = [];
    for (const email of emails) answers.push(await register(email));
    expect(new Set(answers.map(seen)).size).toBe(1);
    expect(answers[0]?.status).toBe(202);
    expect(await db().mail.count()).toBe(emails.length);
    expect(await db().oneTimeLink.count({ where: { email: { in: emails } } })).toBe(0);
    const mails = await writeMails();
    const [unknown, known, invited] = emails;
    expect(mails.map(({ to, subject }) => [to[0], subject]).sort()).toEqual(
      [
        [unknown, "Finish your registration"],
        [known, "You have an account already"],
        [invited, "You have an account already"],
      ].sort(),
    );
    expect(await db().user.count({ where: { email: unknown } })).toBe(0);
  });

  test("is for the mail domains of the setting, and for no part of them", async () => {
    await setting("registration_domains", ["lab.example"]);
    for (const email of [
      "a@other.example",
      "a@notlab.example",
      "a@lab.example.org",
      "a@lab.example@evil.example",
    ])
      expect((await register(email)).status, email).toBe(422);
    expect((await register("A.Person@LAB.example")).status).toBe(202);
  });

  test("sends links to the address of the install only, whatever a request calls it", async () => {
    const evil = { host: "evil.example", "x-forwarded-host": "evil.example", forwarded: "host=evil.example" };
    await register(freshEmail(), { headers: evil });
    await forgot((await makeUser()).email, { headers: evil });
    const texts = (await writeMails()).map(({ text }) => text);
    expect(texts).toHaveLength(2);
    for (const text of texts) {
      expect(text).toMatch(/http:\/\/localhost:3000\/(verify|reset)#\w{43}\n/);
      expect(text).not.toContain("evil");
    }
  });

  test("makes an account when the link is used, once, of 20 at the same time", async () => {
    const email = freshEmail();
    const token = await registered(email);
    const look = { purpose: "verification", token };
    for (let round = 0; round < 3; round += 1)
      expect((await post<{ email: string }>("/api/auth/link/inspect", look)).body.email).toBe(email);
    expect(await db().user.count({ where: { email } })).toBe(0);
    const { passwordHash } = await makeUser();
    const hashing = vi.spyOn(hashes, "hashPassword").mockResolvedValue(`${passwordHash}`);
    const answers = await Promise.all(Array.from({ length: 20 }, () => confirm(token)));
    hashing.mockRestore();
    expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array(19).fill(401)]);
    const user = await db().user.findUniqueOrThrow({ where: { email } });
    expect(user).toMatchObject({ name: "New Comer", role: "member", planId: "free" });
    expect(user.emailVerified).not.toBeNull();
    expect(await db().auditEvent.count({ where: { action: "user.registered", objectId: user.id } })).toBe(1);
    expect(JSON.stringify(await db().oneTimeLink.findMany())).not.toContain(token);
  });

  // Seen failing: without taking back the earlier links in createRegistrationLink.
  test("of several links for one address only the newest works, and for a day", async () => {
    const email = freshEmail();
    const [first, second] = [await registered(email), await registered(email)];
    expect((await confirm(first)).body.code).toBe("link.invalid");
    moveClock(24 * hourMs + 1);
    expect((await confirm(second)).body.code).toBe("link.invalid");
  });

  test("does nothing for an address that got an account meanwhile, nor while the door is closed again", async () => {
    const email = freshEmail();
    const [token, late] = [await registered(email), await registered()];
    const user = await makeUser({ email });
    expect((await confirm(token)).body.code).toBe("link.invalid");
    expect(await db().user.findUnique({ where: { email } })).toEqual(user);
    await setting("registration", "closed");
    expect((await confirm(late)).body.code).toBe("auth.registration_closed");
  });
});

describe("invitations by members", () => {
  const invite = (as: SignedIn, email: string) =>
    post("/api/auth/invitations", { email, name: "Guest" }, { as });
  const list = async (as: SignedIn) =>
    (await api<{ items: { email: string }[] }>("GET", "/api/auth/invitations", { as })).body.items;

  test("are refused while registration is closed", async () => {
    await setting("registration", "closed");
    const as = await signedIn(await makeUser());
    expect((await invite(as, freshEmail())).status).toBe(403);
  });

  test("look the same to whoever invites, whether the address has an account or not", async () => {
    await setting("registration", "invitation");
    const as = await signedIn(await makeUser());
    const emails = await Promise.all(Object.values(states).map((make) => make()));
    const answers = [];
    for (const email of emails) answers.push(await invite(as, email));
    expect(new Set(answers.map(seen)).size).toBe(1);
    const before = await list(as);
    const mails = await writeMails();
    expect(await list(as)).toEqual(before);
    expect(before.map(({ email }) => email).sort()).toEqual([...emails].sort());
    const invitation = mails.find(({ to }) => to[0] === emails[0]);
    expect(invitation?.text).toContain(as.user.email);
    expect((await confirm(secretIn(invitation?.text ?? ""))).status).toBe(201);
    expect(await list(await signedIn(await makeUser()))).toEqual([]);
  });

  test("are ten at a time, of 15 at once too", async () => {
    const as = await signedIn(await makeUser());
    await db().attemptSlot.deleteMany();
    const answers = await Promise.all(Array.from({ length: 15 }, () => invite(as, freshEmail())));
    expect(answers.filter(({ status }) => status === 202)).toHaveLength(10);
    expect(await list(as)).toHaveLength(10);
    moveClock(hourMs);
    expect((await invite(as, freshEmail())).body.code).toBe("user.too_many_invitations");
  });
});

describe("a forgotten password", () => {
  test("is answered alike for every state of an address, and so is the fourth time within an hour", async () => {
    const emails = await Promise.all(Object.values(states).map((make) => make()));
    for (let round = 1; round <= 4; round += 1) {
      const answers = [];
      for (const email of emails) answers.push(await forgot(email));
      expect(new Set(answers.map(seen)).size).toBe(1);
      expect(await db().mail.count()).toBe(emails.length * Math.min(round, 3));
    }
    const told = (await writeMails()).map(({ to }) => to[0]);
    expect(new Set(told)).toEqual(new Set([emails[1], emails[2]]));
  });

  test("gets a link that proves the address and signs everybody else out, who is told by mail", async () => {
    const as = await signedIn(await makeUser());
    await forgot(as.user.email);
    const token = secretIn((await writeMails())[0]?.text ?? "");
    const body = { token, new_password: password };
    expect((await post("/api/auth/password/reset", body)).status).toBe(204);
    expect((await api("GET", "/api/auth/me", { as })).status).toBe(401);
    expect((await db().user.findUniqueOrThrow({ where: { id: as.user.id } })).emailVerified).not.toBeNull();
    const [mail] = await writeMails();
    expect(mail).toMatchObject({ to: [as.user.email], subject: "Your password was changed" });
  });

  test("with a link from an administrator proves no address", async () => {
    const user = await makeUser();
    const { secret: token } = await createLink(db(), user.id, "password_reset", 1);
    rememberSecret(token);
    await post("/api/auth/password/reset", { token, new_password: password });
    expect((await db().user.findUniqueOrThrow({ where: { id: user.id } })).emailVerified).toBeNull();
  });
});

// Seen failing: with the digest made without its purpose.
test("the token of each purpose is refused in every other place, and taken in its own", async () => {
  const makers = {
    registration: () => registered(),
    invitation: async () =>
      (await createLink(db(), (await makeUser({ passwordHash: null })).id, "invitation", 1)).secret,
    password_reset: async () => (await createLink(db(), (await makeUser()).id, "password_reset", 1)).secret,
    email_proof: async () => {
      const { id, email } = await makeUser();
      return (await createLink(db(), id, "email_proof", 1, email)).secret;
    },
    email_change: async () =>
      (await createLink(db(), (await makeUser()).id, "email_change", 1, freshEmail())).secret,
  };
  const places: Record<string, { takes: string[]; paste: (token: string) => Promise<Answer<unknown>> }> = {
    confirm: { takes: ["registration"], paste: confirm },
    accept: {
      takes: ["invitation"],
      paste: (token) => post("/api/auth/invitation/accept", { token, password }),
    },
    reset: {
      takes: ["password_reset"],
      paste: (token) => post("/api/auth/password/reset", { token, new_password: password }),
    },
    verify: {
      takes: ["email_proof", "email_change"],
      paste: (token) => post("/api/auth/email/verify", { token }),
    },
  };
  for (const [purpose, make] of Object.entries(makers)) {
    const token = await make();
    rememberSecret(token);
    expect(token).toMatch(/^\w{43}$/);
    const own = Object.entries(places).filter(([, { takes }]) => takes.includes(purpose));
    for (const [name, { takes, paste }] of Object.entries(places))
      if (!takes.includes(purpose)) expect((await paste(token)).status, `${purpose} at ${name}`).toBe(401);
    for (const [name, { paste }] of own) expect((await paste(token)).status, name).toBeLessThan(300);
  }
});
