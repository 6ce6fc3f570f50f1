import { decode } from "next-auth/jwt";
import { z } from "zod";
import type { Actor, Origin, SessionActor } from "../core/actor";
import { AppError } from "../core/errors";
import { secret } from "../infra/secrets";
import { touchSession } from "../sessions/commands";
import { findLiveSession } from "../sessions/queries";
import { readCookie, sessionCookie } from "./cookies";
import { hasHeaderCredential } from "./credentials";
import { originOf } from "./request-context";

/** The one place where a request becomes an actor. A header decides over a cookie beside it. */
export async function authenticate(headers: Headers, origin: Origin = originOf(headers)): Promise<Actor> {
  if (hasHeaderCredential(headers)) throw new AppError("auth.invalid_token");
  const token = readCookie(headers, sessionCookie());
  return (token && (await sessionActor(token, origin))) || { kind: "anonymous", origin };
}

const cookieClaims = z.object({ sid: z.string() });

/** The session id in a cookie that we sealed; null for anything else. The row behind it decides. */
export async function sessionIdOf(token: string): Promise<string | null> {
  try {
    const claims = cookieClaims.safeParse(
      await decode({ token, secret: secret("cookie"), salt: sessionCookie() }),
    );
    return claims.success ? claims.data.sid : null;
  } catch {
    return null;
  }
}

async function sessionActor(token: string, origin: Origin): Promise<SessionActor | null> {
  const id = await sessionIdOf(token);
  const session = id === null ? null : await findLiveSession(id);
  if (!session) return null;
  await touchSession(session);
  const { user } = session;
  return {
    kind: "session",
    origin,
    sessionId: session.id,
    user: { id: user.id, email: user.email, name: user.name, role: user.role, planId: user.planId },
  };
}
