import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Answer, Client } from "../support/client";
import { noteSecret } from "../support/evidence";
import {
  createKey,
  createPerson,
  type Person,
  signInAdmin,
  signInProgram,
  type Tokens,
} from "../support/people";
import type { Host } from "../support/start-host";
import { startTwoHosts, type TwoHosts } from "../support/two-hosts";

// `endings.test.ts` asks the same of browser sessions.

/** A program's ways in: each is remembered by every process that saw it lately. */
type Wallet = {
  person: Person;
  keyId: string;
  key: string;
  /** Of a sign-in with the password. */
  tokens: Tokens;
  sessionId: string;
  shown: Record<Shown, string>;
};

const kinds = ["key", "token of the key", "token"] as const;
type Shown = (typeof kinds)[number];

const needsAdmin = "/api/v1/admin/plans";
const needsPrediction = "/api/v1/verify?scope=predict";

type Ending = {
  name: string;
  /** The others live on. */
  ends: readonly Shown[];
  /** Answers when it was done; by default that is when the answer is here. */
  end: (wallet: Wallet, admin: Client) => Promise<Answer | number>;
  /** Those that are still known to be somebody's; the rest is refused with 401. */
  forbidden?: readonly Shown[];
  isOfAdmin?: true;
  /** The person cannot be asked for another wallet. */
  isLast?: true;
};

const keyAndItsToken = ["key", "token of the key"] as const;
const allTokens = ["token", "token of the key"] as const;

const patchUser =
  (change: object) =>
  ({ person }: Wallet, admin: Client) =>
    admin.api("PATCH", `/api/v1/admin/users/${person.id}`, change);

const patchKey =
  (change: object) =>
  ({ person, keyId }: Wallet) =>
    person.client.api("PATCH", `/api/v1/keys/${keyId}`, change);

const form = { "content-type": "application/x-www-form-urlencoded" };

const endings: Ending[] = [
  {
    name: "its owner revokes a key",
    ends: keyAndItsToken,
    end: ({ person, keyId }) => person.client.api("DELETE", `/api/v1/keys/${keyId}`),
  },
  {
    name: "an admin revokes a key",
    ends: keyAndItsToken,
    end: ({ keyId }, admin) => admin.api("POST", `/api/v1/admin/keys/${keyId}/revoke`, { reason: "A test" }),
  },
  {
    name: "a key is rolled without an overlap",
    ends: keyAndItsToken,
    end: async ({ person, keyId }) => {
      const answer = await person.client.api("POST", `/api/v1/keys/${keyId}/roll`, { expires_old_in: 0 });
      noteSecret(answer.json<{ secret: string }>().secret);
      return answer;
    },
  },
  {
    name: "a key is reported as leaked",
    ends: keyAndItsToken,
    end: ({ person, key }) => person.client.copy().api("POST", "/api/v1/keys/report", { secret: key }),
  },
  {
    name: "the end that a key was given has come",
    ends: keyAndItsToken,
    end: async (wallet) => {
      const at = Date.now() + 1_500;
      const changed = await patchKey({ expires_at: new Date(at).toISOString() })(wallet);
      expect(changed.status).toBe(200);
      const answer = await wallet.person.client.get(needsPrediction, { "x-api-key": wallet.key });
      expect(answer.status).toBe(200);
      return performance.now() + at - Date.now();
    },
  },
  {
    name: "a key loses the scope",
    ends: keyAndItsToken,
    forbidden: keyAndItsToken,
    end: patchKey({ scopes: ["models:read"] }),
  },
  {
    name: "a key may come from other addresses only",
    ends: keyAndItsToken,
    forbidden: keyAndItsToken,
    end: patchKey({ cidrs: ["203.0.113.0/24"] }),
  },
  {
    name: "a program signs out",
    ends: ["token"],
    end: ({ person, tokens }) =>
      person.client.copy().send("POST", "/api/auth/logout", {
        headers: { authorization: `Bearer ${tokens.access_token}` },
      }),
  },
  {
    name: "a program gives its refresh token up",
    ends: ["token"],
    end: ({ person, tokens }) =>
      person.client.copy().send("POST", "/oauth/revoke", {
        headers: form,
        body: new URLSearchParams({ token: tokens.refresh_token }).toString(),
      }),
  },
  {
    name: "the person ends the program's session",
    ends: ["token"],
    end: ({ person, sessionId }) => person.client.api("DELETE", `/api/auth/sessions/${sessionId}`),
  },
  {
    name: "an admin ends the person's sessions",
    ends: allTokens,
    end: ({ person }, admin) => admin.api("DELETE", `/api/v1/admin/users/${person.id}/sessions`),
    isLast: true,
  },
  {
    name: "the person changes the password",
    ends: allTokens,
    end: ({ person }) =>
      person.client.api("POST", "/api/auth/password/change", {
        current_password: person.password,
        new_password: `another quiet harbour ${person.id}`,
      }),
    isLast: true,
  },
  { name: "an admin disables the account", ends: kinds, end: patchUser({ disabled: true }), isLast: true },
  {
    name: "an admin deletes the account",
    ends: kinds,
    end: ({ person }, admin) => admin.api("DELETE", `/api/v1/admin/users/${person.id}`),
    isLast: true,
  },
  {
    name: "an admin becomes a member, where only admins may",
    ends: kinds,
    // A change of role ends all sign-ins. The key stays, with what a member may do.
    forbidden: ["key"],
    end: patchUser({ role: "member" }),
    isOfAdmin: true,
    isLast: true,
  },
];

describe.each([
  ["with Redis between them", { hasRedis: true, elsewhereMsMax: 300 }],
  ["without Redis", { hasRedis: false, elsewhereMsMax: 1_000 }],
])(
  "two processes on one Postgres, %s: warm in both, refused in both within a second when",
  (_name, setUp) => {
    const { hasRedis, elsewhereMsMax } = setUp;
    let hosts: TwoHosts;
    let admin: Client;
    let person: Person | undefined;
    /** One each: the calls are many, and each client has connections of its own. */
    let programs: Map<Host, Client>;
    beforeAll(async () => {
      hosts = await startTwoHosts({ hasRedis });
      programs = new Map([hosts.first, hosts.second].map((host) => [host, host.client()]));
      admin = await signInAdmin(hosts.first);
      // Nobody here is about how many calls there may be.
      for (const plan of ["free", "paid"])
        await admin.api("PATCH", `/api/v1/admin/plans/${plan}`, {
          limits: { per_minute: null, per_hour: null, concurrency: null },
        });
    });
    afterAll(() => hosts?.stop());

    async function fillWallet({ isOfAdmin, isLast }: Ending): Promise<Wallet> {
      const { first } = hosts;
      const owner = isOfAdmin
        ? await createPerson(first, admin, { role: "admin" })
        : (person ?? (await createPerson(first, admin)));
      if (!isOfAdmin) person = isLast ? undefined : owner;
      const scopes = isOfAdmin ? ["predict", "admin"] : ["predict", "models:read"];
      const [{ id, secret }, { tokens, client }] = [
        await createKey(owner.client, { scopes }),
        await signInProgram(first, owner),
      ];
      const exchanged = await first.client().send("POST", "/oauth/token", {
        headers: { ...form, authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString("base64")}` },
        body: "grant_type=client_credentials",
      });
      const ofKey = exchanged.json<Tokens>().access_token;
      noteSecret(ofKey);
      const me = (await client.get("/api/auth/me")).json<{ session: { id: string } }>();
      return {
        person: owner,
        keyId: id,
        key: secret,
        tokens,
        sessionId: me.session.id,
        shown: { key: secret, "token of the key": ofKey, token: tokens.access_token },
      };
    }

    // Seen failing: without announceChange() in lib/infra/bus.ts; the end that a key was given: with the end of the
    // key left out of what lib/http/authenticate.ts hands to the cache for a token of that key.
    test.each(endings.map((ending) => [ending.name, ending] as const))("%s", async (_name, ending) => {
      const wallet = await fillWallet(ending);
      const path = ending.isOfAdmin ? needsAdmin : needsPrediction;
      const ask = async (host: Host, kind: Shown) =>
        (await programs.get(host)?.get(path, { authorization: `Bearer ${wallet.shown[kind]}` }))?.status;
      for (const host of [hosts.first, hosts.second])
        for (const kind of kinds)
          for (let call = 0; call < 2; call += 1) expect(await ask(host, kind), kind).toBe(200);

      const result = await ending.end(wallet, admin);
      if (typeof result !== "number") expect(result.status, result.text).toBeLessThan(300);
      const endedAt = typeof result === "number" ? result : performance.now();

      /** How long after the end the last call was sent that still came in. */
      const lastedMs = async (host: Host, kind: Shown): Promise<number> => {
        for (let lasted = Number.NEGATIVE_INFINITY; ; ) {
          const askedAt = performance.now();
          const status = await ask(host, kind);
          if (status === (ending.forbidden?.includes(kind) ? 403 : 401)) return lasted;
          expect(status, kind).toBe(200);
          lasted = askedAt - endedAt;
          expect(lasted, `${kind}: one second later`).toBeLessThan(1_000);
        }
      };
      const lasted = (host: Host) => Promise.all(ending.ends.map((kind) => lastedMs(host, kind)));
      const [here, there] = await Promise.all([lasted(hosts.first), lasted(hosts.second)]);
      // Nobody announces the time. All else holds for the very next call where it was changed.
      const isTime = typeof result === "number";
      expect(Math.max(...here)).toBeLessThan(isTime ? 1_000 : 1);
      expect(Math.max(...there)).toBeLessThan(isTime ? 1_000 : elsewhereMsMax);
      for (const host of [hosts.first, hosts.second])
        for (const kind of kinds)
          if (!ending.ends.includes(kind)) expect(await ask(host, kind), `${kind} lives on`).toBe(200);
    });
  },
);
