import type { z } from "zod";
import type { Signature, versionSource } from "@/lib/models/schema";
import type { TensorSpec } from "../_signature/draft";

/** Where a version comes from, and what could be read of it there. */
export type FoundSource = {
  source: z.input<typeof versionSource>;
  /** "churn.onnx, 1.2 MB" or the address. */
  label: string;
  /** A first proposal for the name of the model. */
  name: string;
  inputs: readonly TensorSpec[];
  outputs: readonly TensorSpec[];
  signature: Signature;
};

/** "Churn Model (2026).onnx" → "churn-model-2026" */
export const nameFrom = (text: string): string =>
  text
    .replace(/\.onnx$/i, "")
    .normalize("NFKD")
    .replaceAll(/\p{M}/gu, "")
    .toLowerCase()
    .replaceAll(/[^a-z0-9._]+/g, "-")
    .replaceAll(/^[^a-z0-9]+|[^a-z0-9]+$/g, "")
    .slice(0, 63);

/** "churn-model-2026" → "Churn model 2026" */
export function titleFrom(name: string): string {
  const words = name.replaceAll(/[._-]+/g, " ").trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
