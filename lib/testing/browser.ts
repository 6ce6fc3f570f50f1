import { nextAuthGet, nextAuthPost } from "../http/next-auth";
import { rememberSecret } from "./leaks";
import { type Answer, callHandler, type Problem } from "./request";

type Session = { user?: { id: string; email: string; role: string; plan: string }; expires?: string } | null;

/** A browser's cookies and nothing else of it: signs in and out through NextAuth's own routes. */
export class Browser {
  private readonly jar = new Map<string, string>();

  constructor(readonly from = "192.0.2.1") {}

  get cookie(): string {
    return [...this.jar].map(([name, value]) => `${name}=${value}`).join("; ");
  }

  cookieNamed(name: string): string | undefined {
    return this.jar.get(name);
  }

  forget(name: string): void {
    this.jar.delete(name);
  }

  async call<T = Problem>(
    method: "GET" | "POST",
    path: string,
    form?: Record<string, string>,
  ): Promise<Answer<T>> {
    const answer = await callHandler<T>(method === "GET" ? nextAuthGet : nextAuthPost, method, path, {
      as: this,
      from: this.from,
      headers: {
        "x-auth-return-redirect": "1",
        "user-agent": "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0",
        ...(form ? { "content-type": "application/x-www-form-urlencoded" } : {}),
      },
      ...(form ? { body: new URLSearchParams(form).toString() } : {}),
    });
    this.keepAll(answer.headers);
    return answer;
  }

  /** What an answer that came by another way than `call` leaves in the jar. */
  keepAll(headers: Headers): void {
    for (const line of headers.getSetCookie()) this.keep(line);
  }

  /** The same cookies from then on go their own ways. */
  copy(): Browser {
    const copy = new Browser(this.from);
    for (const [name, value] of this.jar) copy.jar.set(name, value);
    return copy;
  }

  private keep(line: string): void {
    const [pair = "", ...attributes] = line.split("; ");
    const [name = "", value = ""] = pair.split(/=(.*)/s);
    if (value === "" || attributes.some((text) => /^max-age=0$/i.test(text))) this.jar.delete(name);
    else {
      this.jar.set(name, value);
      rememberSecret(value);
    }
  }

  async csrfToken(): Promise<string> {
    return (await this.call<{ csrfToken: string }>("GET", "/api/auth/csrf")).body.csrfToken;
  }

  signIn(email: string, password: string): Promise<Answer<Problem>> {
    return this.send({ email, password });
  }

  /** Any step of a sign-in. */
  async send(fields: Record<string, string>): Promise<Answer<Problem>> {
    return this.call("POST", "/api/auth/callback/credentials", {
      csrfToken: await this.csrfToken(),
      ...fields,
    });
  }

  async signOut(): Promise<Answer<Problem>> {
    return this.call("POST", "/api/auth/signout", { csrfToken: await this.csrfToken() });
  }

  async session(): Promise<Session> {
    return (await this.call<Session>("GET", "/api/auth/session")).body;
  }
}
