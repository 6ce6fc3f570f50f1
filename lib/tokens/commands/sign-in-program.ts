import type { AnonymousActor } from "../../core/actor";
import { db } from "../../infra/db/client";
import { env } from "../../infra/env";
import { type Credentials, signIn } from "../../sign-in/commands/sign-in";
import { currentSigningKey } from "../signing-keys";
import { issueTokens } from "./issue-tokens";

/** A person's program signs in with the password, and the code where one is needed, and gets its first pair of tokens. */
export async function signInProgram(actor: AnonymousActor, credentials: Credentials) {
  const signingKey = await currentSigningKey();
  const { user, session } = await signIn(actor, credentials, {
    kind: "api",
    lifetimeMs: env().refreshTokenMs,
  });
  return { user, tokens: await issueTokens(db(), signingKey, session, user) };
}
