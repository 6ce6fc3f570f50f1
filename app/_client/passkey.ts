import type {
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
} from "@simplewebauthn/browser";
import { useSyncExternalStore } from "react";
import { ApiError } from "./api";

/** Fetched when somebody goes for a passkey: most pages never do. */
export const loadPasskeys = () => import("@simplewebauthn/browser");

/** What the API hands out to be signed by a passkey. */
export type PasskeyChallenge = { challenge_id: string; options: PublicKeyCredentialRequestOptionsJSON };
export type NewPasskeyChallenge = { challenge_id: string; options: PublicKeyCredentialCreationOptionsJSON };

/** Browsers offer passkeys on https and on this very machine only. The server takes it that they do. */
export const useCanPasskeys = (): boolean =>
  useSyncExternalStore(
    () => () => {},
    () => "PublicKeyCredential" in window,
    () => true,
  );

/** The browser asks for the passkey; the answer goes to the API as it is. */
export async function showPasskey({ options }: PasskeyChallenge) {
  const { startAuthentication } = await loadPasskeys();
  return startAuthentication({ optionsJSON: options }).catch(refuse);
}

export async function makePasskey({ options }: NewPasskeyChallenge) {
  const { startRegistration } = await loadPasskeys();
  return startRegistration({ optionsJSON: options }).catch(refuse);
}

type Words = { title: string; detail: string };

const words: Record<string, Words> = {
  NotAllowedError: {
    title: "No passkey was used",
    detail:
      "It was cancelled, took too long, or this device has no passkey for this place. You can try again.",
  },
  InvalidStateError: {
    title: "This device has a passkey already",
    detail: "It belongs to your account, so you need no second one on the same device.",
  },
  SecurityError: {
    title: "Passkeys do not work at this address",
    detail:
      "A passkey belongs to one address. Open the app under the address it was set up for, with https, and try again.",
  },
};

const otherwise: Words = {
  title: "The passkey could not be used",
  detail: "The browser or the device refused it. Try again, or take another way.",
};

/** Browsers tell little about what went wrong, on purpose: a page could learn from it who somebody is. */
function refuse(error: unknown): never {
  const name = error instanceof Error ? error.name : "";
  throw new ApiError({ status: 0, code: "client.passkey", ...(words[name] ?? otherwise) });
}
