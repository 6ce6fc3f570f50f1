import type { z } from "zod";
import type { Tone } from "@/app/_components/badge";
import type { access, adminModelView, history, versionView } from "@/lib/models/schema";
import type { RunnerState } from "@/lib/runners/domain";

export type AdminModel = z.infer<typeof adminModelView>;
export type Version = z.infer<typeof versionView>;
export type Access = z.output<typeof access>;
export type History = z.output<typeof history>;

type StateWords = { label: string; tone: Tone; text: string };

export const stateWords: Record<RunnerState, StateWords> = {
  ready: { label: "Ready", tone: "success", text: "Answers at once." },
  warming: { label: "Warming", tone: "accent", text: "Is starting; the first calls wait a moment." },
  idle: {
    label: "Idle",
    tone: "neutral",
    text: "Nothing runs, because nobody called for a while. The next call starts it.",
  },
  failing: { label: "Failing", tone: "danger", text: "The last attempts to run it failed." },
};

export const accessChoices: readonly { value: Access["kind"]; label: string; text: string }[] = [
  { value: "everyone", label: "Everyone", text: "Whoever has an account here, now and later." },
  { value: "plans", label: "Some plans", text: "People on the plans you choose." },
  { value: "users", label: "Some people", text: "Only those you name." },
];

export const historyChoices: readonly { value: History["kind"]; label: string; text: string }[] = [
  {
    value: "kept",
    label: "Keep them for a while",
    text: "Callers can look up what they sent and got; after these days it is removed.",
  },
  {
    value: "hashed",
    label: "Fingerprints only",
    text: "Not the content, only a hash of it: enough to prove later that a given input was sent, useless for reading it.",
  },
  {
    value: "never",
    label: "Nothing",
    text: "Only that a call was made, when, and how long it took. For personal or secret data.",
  },
];

export const historyWords = ({ kind, days }: History): string =>
  ({
    never: "Nothing of inputs and outputs is kept",
    hashed: `Fingerprints for ${days} days`,
    kept: `Inputs and outputs for ${days} days`,
  })[kind];
