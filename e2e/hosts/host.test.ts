import { statSync } from "node:fs";
import { connect } from "node:net";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { startPostgres } from "../../lib/testing/postgres";
import { signInAdmin } from "../support/people";
import { type Host, startHost } from "../support/start-host";

/** What the server sends back for exactly these bytes, until it closes or `waitMs` have passed. */
function sendRaw(port: number, text: string, waitMs = 3_000): Promise<string> {
  return new Promise((resolve) => {
    let answer = "";
    const socket = connect(port, "127.0.0.1", () => socket.write(text));
    const end = () => {
      socket.destroy();
      resolve(answer);
    };
    socket.on("data", (data) => {
      answer += data;
    });
    socket.once("close", end).once("error", end);
    setTimeout(end, waitMs).unref();
  });
}

const statusLine = (answer: string): string => answer.split("\r\n", 1)[0] ?? "";

describe("the production host", () => {
  let host: Host;
  beforeAll(async () => {
    host = await startHost({ env: { CORS_ORIGINS: "https://app.example.org" } });
  });
  afterAll(() => host?.stop());

  test("keeps database and secrets readable by its own user only", async () => {
    const modeOf = (name: string) => statSync(path.join(host.dataDir, name)).mode & 0o777;
    expect(modeOf(".")).toBe(0o700);
    for (const name of ["adyton.db", "secrets.json", "install.json"])
      expect([name, modeOf(name)]).toEqual([name, 0o600]);
  });

  // Held twice: without the check in server.ts, `readText` in lib/http/read-body.ts still stops at the limit.
  test("refuses a body over 1 MiB with 413, whether its size is said before or not", async () => {
    const admin = await signInAdmin(host);
    const large = JSON.stringify({ name: "x".repeat(1_100_000) });
    const said = await admin.api("PATCH", "/api/auth/me", { name: "x".repeat(1_100_000) });
    expect([said.status, said.code]).toEqual([413, "request.too_large"]);
    const unsaid = await admin.send("PATCH", "/api/auth/me", {
      headers: { "content-type": "application/json", "transfer-encoding": "chunked" },
      body: Buffer.from(large),
    });
    expect(unsaid.status).toBe(413);
  });

  test("refuses a header block over 16 KB with 431", async () => {
    const answer = await sendRaw(
      host.port,
      `GET /login HTTP/1.1\r\nHost: x\r\nX-Large: ${"x".repeat(20_000)}\r\n\r\n`,
    );
    expect(statusLine(answer)).toContain("431");
  });

  test("cuts a client that sends its headers too slowly", async () => {
    const startedAt = performance.now();
    const answer = await sendRaw(host.port, "GET /login HTTP/1.1\r\nHost: x\r\n", 20_000);
    expect(statusLine(answer)).toContain("408");
    expect(performance.now() - startedAt).toBeLessThan(15_000);
  });

  // Seen failing with a nonce that is always the same.
  test("gives every page a policy with a nonce of its own, which its scripts carry", async () => {
    const nonces = new Set<string>();
    for (let round = 0; round < 3; round += 1) {
      const { headers, text } = await host
        .client()
        .get("/login", { "content-security-policy": "script-src 'nonce-mine'" });
      const policy = String(headers["content-security-policy"]);
      const nonce = /'nonce-([^']+)'/.exec(policy)?.[1] ?? "";
      nonces.add(nonce);
      expect(policy).toContain("frame-ancestors 'none'");
      expect(text).not.toContain("nonce-mine");
      const scripts = text.match(/<script[^>]*>/g) ?? [];
      expect(scripts.length).toBeGreaterThan(2);
      for (const script of scripts) expect(script).toContain(`nonce="${nonce}"`);
    }
    expect(nonces.size).toBe(3);
  });

  test("sends the protective headers on pages and API, and does not name its framework", async () => {
    for (const address of ["/login", "/api/health/live", "/api/auth/me", "/nothing-here"]) {
      const { headers } = await host.client().get(address);
      expect(headers["x-content-type-options"]).toBe("nosniff");
      expect(headers["x-frame-options"]).toBe("DENY");
      expect(headers["referrer-policy"]).toBe("strict-origin-when-cross-origin");
      expect(headers["x-request-id"]).toMatch(/^req_/);
      expect(headers["x-powered-by"]).toBeUndefined();
      expect(headers["strict-transport-security"]).toBeUndefined();
    }
    expect((await host.client().get("/api/auth/me")).headers["cache-control"]).toBe("no-store");
  });

  test("lets pages of configured origins call the API, and no others", async () => {
    const preflight = (origin: string) =>
      host
        .client()
        .send("OPTIONS", "/api/auth/me", { headers: { origin, "access-control-request-method": "PATCH" } });
    const allowed = await preflight("https://app.example.org");
    expect(allowed.status).toBe(204);
    expect(allowed.headers["access-control-allow-origin"]).toBe("https://app.example.org");
    expect(allowed.headers["access-control-allow-credentials"]).toBe("true");
    for (const origin of ["https://evil.example", "null", "https://app.example.org.evil.example"]) {
      const refused = await preflight(origin);
      expect(refused.headers["access-control-allow-origin"]).toBeUndefined();
    }
    const answer = await host.client().get("/api/health/live", { origin: "https://app.example.org" });
    expect(answer.headers["access-control-allow-origin"]).toBe("https://app.example.org");
  });
});

test("behind https, cookies are bound to the host and browsers are told to stay with https", async () => {
  const host = await startHost({ env: { BASE_URL: "https://models.example.org" } });
  try {
    const client = host.client();
    // The address in front of the proxy is the app's own, the port behind it nobody's business.
    const { location } = (await client.get("/dashboard")).headers;
    expect(new URL(String(location), "https://models.example.org").origin).toBe("https://models.example.org");
    const { headers } = await client.signIn(host.admin.email, host.admin.password);
    expect(headers["strict-transport-security"]).toMatch(/max-age=\d{8}/);
    const cookies = headers["set-cookie"] ?? [];
    expect(cookies.some((cookie) => cookie.startsWith("__Host-adyton.session="))).toBe(true);
    for (const cookie of cookies) {
      expect(cookie).toMatch(/^__Host-/);
      expect(cookie).toMatch(/HttpOnly/i);
      expect(cookie).toMatch(/Secure/);
      expect(cookie).toMatch(/SameSite=Lax/i);
    }
  } finally {
    await host.stop();
  }
});

// Seen failing with an exit at once instead of the drain in server.ts: what was begun ends in a socket hang up.
test("SIGTERM under load: what was begun is answered, nothing new is taken, and the exit code is 0", async () => {
  const host = await startHost();
  onTestFinished(async () => void (await host.stop()));
  // Five, because that is how many sign-ins one address has; each takes a good while of hashing.
  const forms = await Promise.all(
    Array.from({ length: 5 }, async () => {
      const client = host.client();
      const { csrfToken } = (await client.get("/api/auth/csrf")).json<{ csrfToken: string }>();
      return { client, body: new URLSearchParams({ csrfToken, email: "no@one.example", password: "wrong" }) };
    }),
  );
  let isExited = false;
  const exitCode = host.exited.then((code) => {
    isExited = true;
    return code;
  });
  const begun = forms.map(({ client, body }) =>
    client.send("POST", "/api/auth/callback/credentials", {
      headers: { "content-type": "application/x-www-form-urlencoded", "x-auth-return-redirect": "1" },
      body: body.toString(),
    }),
  );
  await new Promise((resolve) => setTimeout(resolve, 200));
  host.signal("SIGTERM");
  // Refused while the process still works on what it has, not only when it is gone.
  await expect
    .poll(() =>
      host
        .client()
        .get("/api/health/live")
        .then(String, () => "refused"),
    )
    .toBe("refused");
  expect(isExited).toBe(false);
  expect((await Promise.all(begun)).map(({ status }) => status)).toEqual(Array(5).fill(401));
  expect(await exitCode).toBe(0);
});

test("a database that is away is a clear 503, and the app recovers by itself when it is back", async () => {
  const postgres = await startPostgres();
  const host = await startHost({ env: { DATABASE_URL: await postgres.createDatabase() } });
  try {
    const admin = await signInAdmin(host);
    await postgres.pause();
    const refused = await admin.get("/api/auth/me");
    expect(refused.status).toBe(503);
    expect(refused.code).toBe("service.unavailable");
    expect(Number(refused.headers["retry-after"])).toBeGreaterThan(0);
    expect((await admin.get("/api/health/live")).status).toBe(200);
    const ready = await admin.get("/api/health/ready");
    expect(ready.status).toBe(503);
    expect(ready.json()).toMatchObject({ status: "unavailable" });
    await postgres.resume();
    await expect.poll(async () => (await admin.get("/api/auth/me")).status, { timeout: 15_000 }).toBe(200);
    expect((await admin.get("/api/health/ready")).status).toBe(200);
  } finally {
    await host.stop();
    await postgres.stop();
  }
});
