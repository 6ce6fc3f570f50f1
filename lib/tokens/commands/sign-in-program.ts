import type { AnonymousActor } from "../../core/actor";
import { db } from "../../infra/db/client";
import { env } from "../../infra/env";
import { signIn } from "../../sign-in/commands";
import { currentSigningKey } from "../signing-keys";
import { issueTokens } from "./issue-tokens";

/** A person's program signs in with the password and gets its first pair of tokens. */
export async function signInProgram(actor: AnonymousActor, credentials: { email: string; password: string }) {
  const signingKey = await currentSigningKey();
  const { user, session } = await signIn(actor, credentials, {
    kind: "api",
    lifetimeMs: env().refreshTokenMs,
  });
  return { user, tokens: await issueTokens(db(), signingKey, session, user) };
}
