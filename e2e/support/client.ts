import { Agent, type IncomingHttpHeaders, request } from "node:http";
import type { Riddle } from "../../lib/proofs/schema";
import { solved } from "../../lib/testing/riddles";
import { noteSecret } from "./evidence";

export type Answer = {
  status: number;
  headers: IncomingHttpHeaders;
  text: string;
  /** The body as JSON; throws when it is not. */
  json: <T = Record<string, unknown>>() => T;
  /** The `code` of a problem, "" for anything else. */
  code: string;
};

export type Call = { headers?: Record<string, string>; body?: string | Buffer };

/** The last five: what a sign-in at another service has to come back with. */
const secretCookie = /session|csrf|device|state|nonce|pkce|verifier|intent/;
/** Members of answers that nobody else may read, wherever they come. */
const secretMember = /"(?:access_token|refresh_token|pending|secret|uri)":"([^"]+)"/g;
const recoveryCodes = /"recovery_codes":\["([^\]]*)"\]/;

/**
 * A caller with a cookie jar. Built on node:http and not on fetch, because fetch tidies addresses up before it
 * sends them and refuses to set some headers; an attacker does neither.
 */
export class Client {
  readonly cookies = new Map<string, string>();
  /**
   * With a timeout of its own it also heeds the one that a server announces, and hangs up a second before that:
   * Next alone does after six seconds, and whoever sends on the connection just then is cut off.
   */
  private readonly agent = new Agent({ keepAlive: true, maxSockets: 64, timeout: 65_000 });

  constructor(
    readonly origin: string,
    /** Sent with every request, `X-Forwarded-For` for one. */
    readonly fixedHeaders: Record<string, string> = {},
  ) {}

  /** The same cookies from then on go their own ways: a copy of a stolen cookie. */
  copy(headers: Record<string, string> = this.fixedHeaders, origin = this.origin): Client {
    const copy = new Client(origin, headers);
    for (const [name, value] of this.cookies) copy.cookies.set(name, value);
    return copy;
  }

  /** The same cookies shown to another host of the same install. */
  copyAt(origin: string): Client {
    return this.copy(this.fixedHeaders, origin);
  }

  send(method: string, path: string, { headers = {}, body }: Call = {}): Promise<Answer> {
    const { hostname, port } = new URL(this.origin);
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    return new Promise((resolve, reject) => {
      const outgoing = request(
        {
          hostname,
          port,
          method,
          path,
          agent: this.agent,
          headers: {
            ...(cookie ? { cookie } : {}),
            ...(body === undefined || headers["transfer-encoding"]
              ? {}
              : { "content-length": String(Buffer.byteLength(body)) }),
            ...this.fixedHeaders,
            ...headers,
          },
        },
        (response) => {
          const chunks: Buffer[] = [];
          response.on("data", (chunk: Buffer) => chunks.push(chunk));
          response.once("error", reject);
          response.once("end", () => {
            this.keepCookies(response.headers["set-cookie"] ?? []);
            const text = Buffer.concat(chunks).toString();
            noteSecretsIn(text);
            resolve(answerOf(response.statusCode ?? 0, response.headers, text));
          });
        },
      );
      outgoing.once("error", reject);
      outgoing.end(body);
    });
  }

  get(path: string, headers?: Record<string, string>): Promise<Answer> {
    return this.send("GET", path, headers ? { headers } : {});
  }

  /** As programs and our own pages call the API: JSON in, JSON out. A text goes as it is, a form for one. */
  api(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answer> {
    return this.send(
      method,
      path,
      body === undefined
        ? { headers }
        : {
            headers: { "content-type": "application/json", ...headers },
            body: typeof body === "string" ? body : JSON.stringify(body),
          },
    );
  }

  /** The browser's way in; the answer is that of the sign-in itself. */
  async signIn(
    email: string,
    password: string,
    path = "/api/auth/callback/credentials",
    headers: Record<string, string> = {},
  ): Promise<Answer> {
    noteSecret(password);
    return this.send("POST", path, await this.form({ email, password }, headers));
  }

  /** Any step of a sign-in: a password with a solved riddle, a code, a passkey. */
  async signInWith(fields: Record<string, string>, headers: Record<string, string> = {}): Promise<Answer> {
    for (const [name, value] of Object.entries(fields)) if (name !== "email") noteSecret(value);
    return this.send("POST", "/api/auth/callback/credentials", await this.form(fields, headers));
  }

  /** As the page does it: a riddle that is asked for is solved, and the same sent again. */
  async signInPatiently(
    email: string,
    password: string,
    headers: Record<string, string> = {},
  ): Promise<Answer> {
    let answer = await this.signInWith({ email, password }, headers);
    for (let round = 1; round <= 2 && answer.code === "auth.captcha_required"; round += 1) {
      const captcha = await solved(answer.json<{ captcha: Riddle }>().captcha);
      answer = await this.signInWith({ email, password, captcha }, headers);
    }
    return answer;
  }

  async signOut(): Promise<Answer> {
    return this.send("POST", "/api/auth/signout", await this.form({}));
  }

  /** The name in the session that the browser would be told about; null when there is none. */
  async sessionEmail(): Promise<string | null> {
    const session = (await this.get("/api/auth/session")).json<{ user?: { email: string } } | null>();
    return session?.user?.email ?? null;
  }

  private async form(fields: Record<string, string>, headers: Record<string, string> = {}): Promise<Call> {
    const csrf = await this.get("/api/auth/csrf");
    const csrfToken = csrf.status === 200 ? csrf.json<{ csrfToken: string }>().csrfToken : "";
    return {
      headers: {
        "content-type": "application/x-www-form-urlencoded",
        "x-auth-return-redirect": "1",
        ...headers,
      },
      body: new URLSearchParams({ csrfToken, ...fields }).toString(),
    };
  }

  private keepCookies(lines: string[]): void {
    for (const line of lines) {
      const [pair = "", ...attributes] = line.split("; ");
      const [name = "", value = ""] = pair.split(/=(.*)/s);
      const isGone = value === "" || attributes.some((text) => /^max-age=0$/i.test(text));
      if (isGone) this.cookies.delete(name);
      else this.cookies.set(name, value);
      if (secretCookie.test(name)) noteSecret(value);
    }
  }
}

function noteSecretsIn(text: string): void {
  for (const [, value = ""] of text.matchAll(secretMember)) noteSecret(value);
  for (const code of recoveryCodes.exec(text)?.[1]?.split('","') ?? []) noteSecret(code);
}

function answerOf(status: number, headers: IncomingHttpHeaders, text: string): Answer {
  // Below /v2 the Open Inference Protocol has errors of its own type, with the members of a problem in them.
  const isProblem = status >= 400 && /^application\/(problem\+)?json/.test(headers["content-type"] ?? "");
  const json = <T>() => JSON.parse(text) as T;
  const code = isProblem && text !== "" ? (json<{ code?: string }>().code ?? "") : "";
  return { status, headers, text, json, code };
}
