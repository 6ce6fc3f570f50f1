import type { SecretKind } from "@/app/_client/secret-dialog";
import { snippetsOf } from "./snippets";

export const keySecret = (baseUrl: string): SecretKind => ({
  label: "API key",
  explanation:
    "Shown only now: just its fingerprint is kept here. Put it into a password manager or the settings of your program, never into its code. If it gets lost, make a new one.",
  next: (secret) => ({
    text: "Try it: the answer 200 means that the key works.",
    label: "A first call",
    tabs: snippetsOf(baseUrl, secret),
  }),
});
