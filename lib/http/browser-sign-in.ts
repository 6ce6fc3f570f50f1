import type { AnonymousActor } from "../core/actor";
import { continueSignIn } from "../sign-in/commands/continue-sign-in";
import { signIn } from "../sign-in/commands/sign-in";
import { signInWithPasskey } from "../sign-in/commands/sign-in-with-passkey";
import type { BrowserSignIn } from "../sign-in/schema";

/** The page sends a password, what a sign-in still waited for, or a passkey alone: all end with a session or an error. */
export function signInBrowser(actor: AnonymousActor, input: BrowserSignIn, deviceToken: string | undefined) {
  const options = { kind: "browser" as const, deviceToken };
  if ("pending" in input) return continueSignIn(actor, input, options);
  if ("challenge_id" in input) {
    const { challenge_id: challengeId, passkey } = input;
    return signInWithPasskey(actor, { challengeId, response: passkey }, options);
  }
  const { email, password, captcha: proof } = input;
  return signIn(actor, { email, password, proof }, options);
}
