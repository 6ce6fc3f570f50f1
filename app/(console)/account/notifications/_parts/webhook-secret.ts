import type { SecretKind } from "@/app/_client/secret-dialog";
import { verifySnippets } from "./snippets";

export const webhookSecret: SecretKind = {
  label: "Signing secret",
  explanation:
    "Shown only now. Your program needs it to tell our messages from forged ones: put it into its settings as WEBHOOK_SECRET, never into its code. If it gets lost, roll the webhook.",
  next: () => ({
    text: "A program that takes the messages and checks who sent them. Messages are signed as the open standard “Standard Webhooks” says; there are libraries for most languages.",
    label: "Receive and check",
    tabs: verifySnippets,
  }),
};
