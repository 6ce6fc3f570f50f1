import type { Preset } from "./upstream-draft";

type PresetWords = { value: Preset; label: string; text: string; urlHint: string; urlExample: string };

export const presetWords: readonly PresetWords[] = [
  {
    value: "open_inference",
    label: "Open Inference",
    text: "Triton, KServe, MLServer: tells its inputs and outputs itself.",
    urlHint: "The address of the server, without /v2.",
    urlExample: "https://triton.example.org:8000",
  },
  {
    value: "json",
    label: "Plain JSON",
    text: "A FastAPI or Flask service of your own that takes and gives JSON.",
    urlHint: "The address that takes the rows by POST.",
    urlExample: "https://models.example.org/predict",
  },
  {
    value: "chat",
    label: "Chat",
    text: "Anything that speaks like OpenAI: vLLM, Ollama, llama.cpp, a provider.",
    urlHint: "The address up to and with /v1.",
    urlExample: "https://llm.example.org/v1",
  },
];

export const presetLabel = (preset: Preset): string =>
  presetWords.find(({ value }) => value === preset)?.label ?? preset;
