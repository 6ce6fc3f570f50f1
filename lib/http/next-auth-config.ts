import { PrismaAdapter } from "@auth/prisma-adapter";
import type { NextAuthConfig } from "next-auth";
import { db } from "../infra/db/client";
import { env } from "../infra/env";
import { log } from "../infra/log";
import { cookieSecrets, secret } from "../infra/secrets";
import { callbackCookie, cookieOptions, csrfCookie, jwtSecondsMax, sessionCookie } from "./cookies";

type Adapter = NonNullable<NextAuthConfig["adapter"]>;

const refuse = () => Promise.reject(new Error("NextAuth makes and connects no accounts here."));

/**
 * Of Prisma's adapter only what finds an account by its service and the name it has there. Accounts are made and
 * connected by our own commands alone, and an e-mail address finds nobody.
 */
function adapter(): Adapter {
  const { getUserByAccount } = PrismaAdapter(db() as never);
  return {
    ...(getUserByAccount ? { getUserByAccount } : {}),
    // Whoever is signed in already is nobody to NextAuth: it would connect the account by itself.
    getUser: async () => null,
    getUserByEmail: async () => null,
    createUser: refuse,
    updateUser: refuse,
    linkAccount: refuse,
  };
}

/** What every way in through NextAuth has in common. */
export const sharedConfig = () =>
  ({
    adapter: adapter(),
    basePath: "/api/auth",
    // The host header was replaced by `server.ts`; nothing of the answer is built from what a client claims.
    trustHost: true,
    // One for its CSRF cookie (see csrf-cookie.ts), and all of them for what it sealed.
    secret: secret("cookie"),
    jwt: { secret: cookieSecrets() } as object,
    useSecureCookies: env().isHttps,
    pages: { signIn: "/login", error: "/login" },
    session: { strategy: "jwt", maxAge: jwtSecondsMax },
    cookies: {
      sessionToken: { name: sessionCookie(), options: cookieOptions() },
      csrfToken: { name: csrfCookie(), options: cookieOptions() },
      callbackUrl: { name: callbackCookie(), options: cookieOptions() },
    },
    logger: {
      error: (error) => log().debug({ err: error }, "next-auth"),
      warn: (code) => log().debug({ code }, "next-auth"),
      debug: () => {},
    },
  }) satisfies Omit<NextAuthConfig, "providers">;
