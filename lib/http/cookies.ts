import { env } from "../infra/env";
import { sessionMsMax } from "../settings/schema";

export const jwtSecondsMax = sessionMsMax / 1000;

/** `__Host-` under https: the browser then refuses the cookie for any other host, path or plain http. */
const named = (name: string): string => (env().isHttps ? `__Host-adyton.${name}` : `adyton.${name}`);

export const sessionCookie = (): string => named("session");
export const csrfCookie = (): string => named("csrf");
export const callbackCookie = (): string => named("callback");
export const deviceCookie = (): string => named("device");
/** What a browser carries while somebody is at another service: one for each, so that no answer fits another's. */
export const checkCookie = (provider: string, check: string): string => named(`${provider}.${check}`);

export const cookieOptions = () => ({
  httpOnly: true,
  sameSite: "lax" as const,
  path: "/",
  secure: env().isHttps,
});

export function readCookie(headers: Headers, name: string): string | undefined {
  for (const part of headers.get("cookie")?.split(";") ?? []) {
    const [key, value] = part.trim().split(/=(.*)/s);
    if (key === name && value) return value;
  }
  return undefined;
}

export const serializeCookie = (name: string, value: string, maxAgeSeconds: number): string =>
  `${name}=${value}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${maxAgeSeconds}${env().isHttps ? "; Secure" : ""}`;
