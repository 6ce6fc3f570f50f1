import type { Tone } from "@/app/_components/badge";
import type { ModelRow } from "./model-words";

type StateWords = { label: string; tone: Tone; text: string };

const words: Record<ModelRow["state"], StateWords> = {
  ready: { label: "Ready", tone: "success", text: "It runs and answers at once." },
  warming: { label: "Starting", tone: "accent", text: "It is being started; calls wait for it." },
  idle: {
    label: "Asleep",
    tone: "neutral",
    text: "Nobody called it for a while. The next call wakes it up and takes a little longer.",
  },
  failing: { label: "Failing", tone: "danger", text: "The last attempts failed. An administrator sees why." },
};

const paused: StateWords = {
  label: "Paused",
  tone: "warning",
  text: "An administrator took it out of service for a while; calls are refused.",
};

/** How a model is, in a word and a sentence. */
export const stateOf = ({ state, is_paused }: Pick<ModelRow, "state" | "is_paused">): StateWords =>
  is_paused ? paused : words[state];
