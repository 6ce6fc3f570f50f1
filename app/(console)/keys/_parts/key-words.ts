import type { Tone } from "@/app/_components/badge";
import { type KeyScope, keyScopes, scopesOfRole } from "@/lib/core/scopes";
import type { KeyState, UnusualStep } from "@/lib/keys/domain";

type ScopeWords = { label: string; text: string };

/** What each scope allows, for people who never heard of scopes. */
export const scopeWords: Record<KeyScope, ScopeWords> = {
  predict: { label: "Call models", text: "Send inputs and get predictions back." },
  "models:read": { label: "See models", text: "List the models, and read what they take and answer." },
  "usage:read": { label: "Read numbers", text: "What was used, what it cost and what is left." },
  tasks: { label: "Run tasks", text: "Start, follow and cancel batches of predictions." },
  keys: {
    label: "Manage your API keys",
    text: "Make, change and revoke keys. It cannot hand out more than it may do itself.",
  },
  admin: {
    label: "Administer this install",
    text: "All that an administrator may do: people, settings, the audit log. Who holds it runs the place.",
  },
  metrics: { label: "Read metrics", text: "The measurements of this install, for a monitoring program." },
};

/** "Call models, see models" */
export function wordsOf(scopes: readonly KeyScope[]): string {
  const [first, ...rest] = keyScopes
    .filter((scope) => scopes.includes(scope))
    .map((scope) => scopeWords[scope].label);
  return [first, ...rest.map((label) => label.charAt(0).toLowerCase() + label.slice(1))].join(", ");
}

/** What somebody of this role can give to a key. */
export const grantableScopes = (role: string): KeyScope[] =>
  keyScopes.filter((scope) => scopesOfRole(role).includes(scope));

export type Preset = { value: string; label: string; text: string; scopes: readonly KeyScope[] };

export const customPreset = "custom";

/** What keys are mostly for; the first is chosen already. */
export const presets: readonly Preset[] = [
  {
    value: "call",
    label: "Call models",
    text: "For a program that asks for predictions.",
    scopes: ["predict", "models:read"],
  },
  {
    value: "numbers",
    label: "Read numbers",
    text: "For a chart or a bill: usage only, no predictions.",
    scopes: ["usage:read"],
  },
  {
    value: "own",
    label: "Everything I may do",
    text: "Except your account and administration.",
    scopes: grantableScopes("member"),
  },
];

/** The preset that stands for these scopes. */
export const presetOf = (scopes: readonly KeyScope[]): string =>
  presets.find((preset) => wordsOf(preset.scopes) === wordsOf(scopes))?.value ?? customPreset;

type StateWords = { value: KeyState; label: string; tone: Tone };

export const stateWords: readonly StateWords[] = [
  { value: "live", label: "Live", tone: "success" },
  { value: "frozen", label: "Frozen", tone: "danger" },
  { value: "expired", label: "Expired", tone: "neutral" },
  { value: "revoked", label: "Revoked", tone: "neutral" },
];

/** As far as anybody but the program itself ever sees a key. */
export const marksText = ({ prefix, last4 }: { prefix: string; last4: string }): string =>
  `${prefix}…${last4}`;

/** What happens by itself when a key is used quite unlike before, the mildest first. */
export const unusualWords: readonly { value: UnusualStep; label: string; text: string }[] = [
  { value: "notify", label: "Tell me", text: "It works on. You get an alert and decide." },
  {
    value: "slow",
    label: "Slow it down and tell me",
    text: "It may call only a little in a minute until you say that all is well.",
  },
  {
    value: "freeze",
    label: "Freeze it and tell me",
    text: "It opens nothing until you say that all is well: for a key that could do harm.",
  },
];
