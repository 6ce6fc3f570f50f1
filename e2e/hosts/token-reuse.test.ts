import { rmSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type PostgresServer, startPostgres } from "../../lib/testing/postgres";
import type { Answer, Client } from "../support/client";
import { noteTokens, signInAdmin, signInProgram, type Tokens } from "../support/people";
import { type Host, startHost } from "../support/start-host";
import { sharedBaseUrl, startTwoHosts, type TwoHosts } from "../support/two-hosts";

type Session = { id: string };

/** How long the answer to a refresh is given again. */
const graceMs = 10_000;

const refresh = (client: Client, text: string): Promise<Answer> =>
  client.api("POST", "/api/auth/refresh", { refresh_token: text });

const revoke = (client: Client, token: string): Promise<Answer> =>
  client.send("POST", "/oauth/revoke", {
    headers: { "content-type": "application/x-www-form-urlencoded" },
    body: new URLSearchParams({ token }).toString(),
  });

const tokensOf = (answer: Answer): Tokens => noteTokens(answer.json<Tokens>());

/** One for each host: every client has connections of its own. */
const programs = new WeakMap<Host, Client>();
function programAt(host: Host): Client {
  const program = programs.get(host) ?? host.client();
  programs.set(host, program);
  return program;
}

const me = (host: Host, token: string): Promise<Answer> =>
  programAt(host).get("/api/auth/me", { authorization: `Bearer ${token}` });

async function programOf(host: Host) {
  const { tokens } = await signInProgram(host, host.admin);
  const session = (await me(host, tokens.access_token)).json<{ session: Session }>().session;
  return { tokens, session };
}

async function sessionIds(host: Host, token: string): Promise<string[]> {
  const headers = { authorization: `Bearer ${token}` };
  return (await programAt(host).get("/api/auth/sessions", headers))
    .json<{ items: Session[] }>()
    .items.map(({ id }) => id);
}

/** 50 requests with one refresh token, all on their way before the first is answered. */
async function race(hosts: Host[], tokens: Tokens): Promise<void> {
  const [host] = hosts as [Host];
  const before = await sessionIds(host, tokens.access_token);
  const answers = await Promise.all(
    Array.from({ length: 50 }, (_, index) =>
      refresh(programAt(hosts[index % hosts.length] as Host), tokens.refresh_token),
    ),
  );
  expect(answers.map(({ status }) => status)).toEqual(Array(50).fill(200));
  const pairs = answers.map(tokensOf);
  expect(new Set(pairs.map(({ refresh_token }) => refresh_token)).size).toBe(1);
  expect(pairs[0]?.refresh_token).not.toBe(tokens.refresh_token);
  for (const accessToken of new Set(pairs.map(({ access_token }) => access_token)))
    for (const each of hosts) expect((await me(each, accessToken)).status).toBe(200);
  expect((await me(host, tokens.access_token)).status).toBe(200);
  // Still one sign-in, the same as before, and what everybody was given goes on.
  expect((await sessionIds(host, pairs[0]?.access_token ?? "")).sort()).toEqual(before.sort());
  expect((await refresh(programAt(hosts.at(-1) as Host), pairs[49]?.refresh_token ?? "")).status).toBe(200);
}

/** The spent token comes back: refused, and nothing of that sign-in works a second later, wherever it is shown. */
async function everythingEnds(
  hosts: Host[],
  { spent, newest, sessionId }: { spent: string; newest: Tokens; sessionId: string },
): Promise<void> {
  const [host] = hosts as [Host];
  // Warm in the memory of every process.
  for (const each of hosts) expect((await me(each, newest.access_token)).status).toBe(200);
  const replayed = await refresh(programAt(host), spent);
  expect([replayed.status, replayed.code]).toEqual([401, "auth.refresh_reused"]);
  const endedAt = performance.now();
  await Promise.all(
    hosts.map(async (each) => {
      let askedAt = performance.now();
      while ((await me(each, newest.access_token)).status !== 401) {
        expect(askedAt - endedAt).toBeLessThan(1_000);
        askedAt = performance.now();
      }
    }),
  );
  for (const each of hosts) {
    const next = await refresh(programAt(each), newest.refresh_token);
    expect([next.status, next.code]).toEqual([401, "auth.invalid_token"]);
  }
  const { tokens } = await signInProgram(host, host.admin);
  expect(await sessionIds(host, tokens.access_token)).not.toContain(sessionId);
}

describe("one process", () => {
  let host: Host;
  beforeAll(async () => {
    host = await startHost();
  });
  afterAll(() => host?.stop());

  // Seen failing, like the same with two processes: with `usedAt: null` taken out of the condition in takeTurn(), and
  // with no seconds of grace.
  test("50 refreshes of one token at the same moment: all get the same working pair, nobody is signed out", async () => {
    await race([host], (await programOf(host)).tokens);
  });

  // Seen failing, like every other test here of a spent token: without endReused() in repeatAnswer().
  test("a spent refresh token that comes back after ten seconds ends the sign-in it belongs to", async () => {
    const { tokens, session } = await programOf(host);
    const bystander = await programOf(host);
    const newest = tokensOf(await refresh(programAt(host), tokens.refresh_token));
    await host.moveClock(graceMs + 500);
    await everythingEnds([host], { spent: tokens.refresh_token, newest, sessionId: session.id });
    expect((await me(host, bystander.tokens.access_token)).status).toBe(200);
    expect((await refresh(programAt(host), bystander.tokens.refresh_token)).status).toBe(200);
  });

  test("one from the middle of a chain does too", async () => {
    const { tokens, session } = await programOf(host);
    const chain = [tokens];
    for (let step = 0; step < 3; step += 1) {
      await host.moveClock(graceMs + 500);
      chain.push(tokensOf(await refresh(programAt(host), chain.at(-1)?.refresh_token ?? "")));
    }
    const [, second] = chain;
    await everythingEnds([host], {
      spent: second?.refresh_token ?? "",
      newest: chain.at(-1) as Tokens,
      sessionId: session.id,
    });
  });

  test("the token endpoint of OAuth ends it the same, in its own words", async () => {
    const { tokens } = await programOf(host);
    const newest = tokensOf(await refresh(programAt(host), tokens.refresh_token));
    await host.moveClock(graceMs + 500);
    const replayed = await programAt(host).send("POST", "/oauth/token", {
      headers: { "content-type": "application/x-www-form-urlencoded" },
      body: new URLSearchParams({
        grant_type: "refresh_token",
        refresh_token: tokens.refresh_token,
      }).toString(),
    });
    expect([replayed.status, replayed.json().error]).toEqual([400, "invalid_grant"]);
    expect((await me(host, newest.access_token)).status).toBe(401);
    expect((await refresh(programAt(host), newest.refresh_token)).status).toBe(401);
  });

  // Seen failing: without isCanonical() in verifyAccessToken(), which lets in a signature with stray bits; so does the
  // next one, where that revokes.
  test("an access token has one spelling: every other is refused, and after revoking it the first as well", async () => {
    const { access_token: token } = (await programOf(host)).tokens;
    const bad = respellings(token);
    expect(Object.keys(bad).length).toBeGreaterThan(15);
    const letIn = async () => {
      const names: string[] = [];
      for (const [name, text] of Object.entries(bad)) {
        const { status } = await me(host, text);
        if (status !== 401) names.push(`${name}: ${status}`);
      }
      return names;
    };
    expect((await me(host, token)).status).toBe(200);
    expect(await letIn()).toEqual([]);
    expect((await me(host, token)).status).toBe(200);
    expect((await revoke(programAt(host), token)).status).toBe(200);
    expect((await me(host, token)).status).toBe(401);
    expect(await letIn()).toEqual([]);
  });

  test("a respelled access token revokes nothing", async () => {
    const { access_token: token } = (await programOf(host)).tokens;
    for (const text of Object.values(respellings(token)))
      expect((await revoke(programAt(host), text)).status).toBe(200);
    expect((await me(host, token)).status).toBe(200);
  });

  test("a respelled refresh token is unknown: it is refused and spends and ends nothing", async () => {
    const { refresh_token: text } = (await programOf(host)).tokens;
    const spellings = [
      `${text}=`,
      ` ${text}`,
      `${text}\n`,
      text.toUpperCase(),
      text.slice(4),
      `${text}.`,
      `art_${text}`,
    ];
    for (const spelling of spellings)
      expect((await refresh(programAt(host), spelling)).code).toBe("auth.invalid_token");
    expect((await refresh(programAt(host), text)).status).toBe(200);
  });
});

const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/** The last letter of base64 carries bits that mean nothing: this one differs in them alone. */
function strayBits(part: string): string | null {
  const spare = { 2: 4, 3: 2 }[part.length % 4];
  if (spare === undefined) return null;
  return part.slice(0, -1) + alphabet[alphabet.indexOf(part.at(-1) ?? "") + 1];
}

function respellings(token: string): Record<string, string> {
  const [header = "", claims = "", signature = ""] = token.split(".");
  const json = (part: string) => Buffer.from(part, "base64url").toString();
  const encoded = (text: string) => Buffer.from(text).toString("base64url");
  const spellings: Record<string, string | null> = {
    "padding at the end": `${token}=`,
    "two of padding": `${token}==`,
    "padding in every part": `${header}=.${claims}=.${signature}=`,
    "an extra dot at the end": `${token}.`,
    "an extra dot in front": `.${token}`,
    "a doubled dot": `${header}..${claims}.${signature}`,
    "a fourth part": `${token}.${signature}`,
    "a blank inside": `${header}.${claims} .${signature}`,
    "a tab inside": `${header}.${claims}\t.${signature}`,
    "a dot as percent": `${header}%2E${claims}%2E${signature}`,
    "quotes around": `"${token}"`,
    "a comma after": `${token},`,
    twice: `${token},${token}`,
    "letters of the other base64": `${header}.${claims}.${signature.replaceAll("-", "+").replaceAll("_", "/")}+`,
    "one letter more": `${token}A`,
    "one letter less": token.slice(0, -1),
    "no signature": `${header}.${claims}.`,
    "another case": `${header}.${claims}.${signature.toLowerCase()}`,
    "stray bits in the signature": signature && `${header}.${claims}.${strayBits(signature)}`,
    "blanks in the header": `${encoded(` ${json(header)}`)}.${claims}.${signature}`,
    "blanks in the claims": `${header}.${encoded(`${json(claims)} `)}.${signature}`,
  };
  const [strayHeader, strayClaims] = [strayBits(header), strayBits(claims)];
  if (strayHeader) spellings["stray bits in the header"] = `${strayHeader}.${claims}.${signature}`;
  if (strayClaims) spellings["stray bits in the claims"] = `${header}.${strayClaims}.${signature}`;
  return Object.fromEntries(
    Object.entries(spellings).filter(
      (entry): entry is [string, string] => entry[1] !== null && entry[1] !== token,
    ),
  );
}

describe("two processes on one Postgres", () => {
  let both: TwoHosts;
  let hosts: Host[];
  beforeAll(async () => {
    both = await startTwoHosts();
    hosts = [both.first, both.second];
    await signInAdmin(both.first);
  });
  afterAll(() => both?.stop());

  test("50 refreshes of one token, spread over both: all get the same working pair, nobody is signed out", async () => {
    await race(hosts, (await programOf(both.first)).tokens);
  });

  test("a token spent in one and shown to the other after ten seconds ends the sign-in in both", async () => {
    const { tokens, session } = await programOf(both.first);
    const newest = tokensOf(await refresh(programAt(both.second), tokens.refresh_token));
    for (const host of hosts) await host.moveClock(graceMs + 500);
    await everythingEnds(hosts, { spent: tokens.refresh_token, newest, sessionId: session.id });
  });
});

describe("after kill -9 and a new start, a spent refresh token is still spent and ends the sign-in", () => {
  let postgres: PostgresServer;
  beforeAll(async () => {
    postgres = await startPostgres();
  });
  afterAll(() => postgres?.stop());

  test.each([
    ["a file", () => ({})],
    ["Postgres", async () => ({ DATABASE_URL: await postgres.createDatabase() })],
  ])("on %s", async (_name, database) => {
    // Tokens name the address that they were made for; the port changes with the process.
    const env = { BASE_URL: sharedBaseUrl, ...(await database()) };
    const killed = await startHost({ env });
    const { tokens, session } = await programOf(killed);
    const newest = tokensOf(await refresh(programAt(killed), tokens.refresh_token));
    await killed.kill();
    const host = await startHost({ env, dataDir: killed.dataDir });
    try {
      expect((await me(host, newest.access_token)).status).toBe(200);
      await host.moveClock(graceMs + 500);
      await everythingEnds([host], { spent: tokens.refresh_token, newest, sessionId: session.id });
    } finally {
      await host.stop();
      rmSync(killed.dataDir, { recursive: true, force: true });
    }
  });
});
