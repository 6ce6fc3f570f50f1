import { ApiError, type Problem } from "@/app/_client/api";
import type { ProofMethod } from "@/app/_client/proof-form";

/** A sign-in whose first step is done: there is no session before the last one. */
export type Begun = { pending: string; methods: readonly ProofMethod[] };

export type Step =
  | { kind: "credentials"; problem?: Problem }
  | { kind: "factor"; begun: Begun }
  | { kind: "setup"; pending: string };

const known: readonly ProofMethod[] = ["totp", "recovery_code", "passkey"];

const knownAmong = (names: readonly unknown[]): Begun["methods"] => {
  const methods = known.filter((method) => names.includes(method));
  // Not told which: all of them are offered, and the API says which one it takes.
  return methods.length > 0 ? methods : known;
};

/** The step that a refusal asks for; null when it asks for none. */
export function stepAfter(error: unknown): Step | null {
  if (!(error instanceof ApiError)) return null;
  const { code, extra = {} } = error.problem;
  const { pending, methods } = extra;
  if (typeof pending !== "string") return null;
  if (code === "auth.second_factor_setup_required") return { kind: "setup", pending };
  if (code !== "auth.second_factor_required") return null;
  return { kind: "factor", begun: { pending, methods: knownAmong(Array.isArray(methods) ? methods : []) } };
}

/** Where another page goes on with a sign-in that it began. Behind the `#`, which no browser sends. */
export function hashOf(step: Step): string {
  if (step.kind === "setup") return `#${new URLSearchParams({ setup: step.pending })}`;
  if (step.kind === "credentials") return "";
  const { pending, methods } = step.begun;
  return `#${new URLSearchParams({ factor: pending, methods: methods.join(" ") })}`;
}

export function stepOfHash(hash: string): Step | null {
  const fields = new URLSearchParams(hash.replace(/^#/, ""));
  const [factor, setup] = [fields.get("factor"), fields.get("setup")];
  if (setup) return { kind: "setup", pending: setup };
  if (!factor) return null;
  const methods = knownAmong((fields.get("methods") ?? "").split(" "));
  return { kind: "factor", begun: { pending: factor, methods } };
}
