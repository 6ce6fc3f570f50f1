"use client";

import { useRouter } from "next/navigation";
import { type FormEvent, useRef, useState } from "react";
import { api, type Problem, toProblem } from "@/app/_client/api";
import { isCode } from "@/app/_client/explain-error";
import { toast } from "@/app/_components/toaster";
import { type FieldFaults, faultsOf } from "@/app/admin/_parts/faults-of";
import type { CreateModel } from "@/lib/models/schema";
import { type AccessDraft, accessFault, accessOf } from "../_parts/access-choice";
import { daysFault, type HistoryDraft, historyOf } from "../_parts/history-choice";
import { modelPath } from "../_parts/model-paths";
import type { SignatureForm } from "../_signature/use-signature";
import { type FoundSource, titleFrom } from "../_source/source";

type Values = {
  name: string;
  title: string;
  description: string;
  access: AccessDraft;
  history: HistoryDraft;
};
const fields = ["name", "title", "description", "access", "history"] as const;
type Name = (typeof fields)[number];
type Faults = FieldFaults<Name>;
type Body = Pick<CreateModel, Name | "signature"> & Pick<FoundSource, "source">;

const rules: { [Field in Name]: (values: Values) => string | undefined } = {
  name: ({ name }) =>
    /^[a-z0-9][a-z0-9._-]{0,62}$/.test(name.trim())
      ? undefined
      : "Up to 63 small letters, digits, dots, underscores and hyphens, a letter or digit first.",
  title: ({ title }) => (title.trim() === "" ? "Write a title that people understand." : undefined),
  description: () => undefined,
  access: ({ access }) => accessFault(access),
  history: ({ history }) => daysFault(history),
};

export function useNewModel(found: FoundSource, signature: SignatureForm, onSignatureFault: () => void) {
  const router = useRouter();
  const [values, setValues] = useState<Values>(() => ({
    name: found.name,
    title: titleFrom(found.name),
    description: "",
    access: { kind: "everyone", plans: [], people: [] },
    history: { kind: "kept", days: "30" },
  }));
  const [faults, setFaults] = useState<Faults>({});
  const [problem, setProblem] = useState<Problem>();
  const [isBusy, setIsBusy] = useState(false);
  const isRunning = useRef(false);
  const form = useRef<HTMLFormElement>(null);

  function edit(change: Partial<Values>) {
    setValues((before) => ({ ...before, ...change }));
    setFaults((before) => ({
      ...before,
      ...Object.fromEntries(Object.keys(change).map((name) => [name, undefined])),
    }));
  }

  const check = (name: Name) => setFaults((before) => ({ ...before, [name]: rules[name](values) }));

  function show(found: Faults): boolean {
    setFaults(found);
    const isFaulty = fields.some((name) => found[name]);
    if (isFaulty)
      requestAnimationFrame(() => form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
    return isFaulty;
  }

  function showError(error: unknown) {
    if (isCode(error, "model.name_taken"))
      return show({
        name: "There is, or was, a model of this name. Choose another, or add a version to that one.",
      });
    if (signature.show(error)) return onSignatureFault();
    const placed = faultsOf(error, fields);
    if (placed) show(placed);
    else setProblem(toProblem(error));
  }

  async function submit(event: FormEvent) {
    event.preventDefault();
    if (isRunning.current) return;
    if (show(Object.fromEntries(fields.map((name) => [name, rules[name](values)])))) return;
    const named = signature.check();
    if (!named) return onSignatureFault();
    isRunning.current = true;
    setIsBusy(true);
    setProblem(undefined);
    const name = values.name.trim();
    const body: Body = {
      name,
      title: values.title.trim(),
      description: values.description.trim(),
      access: accessOf(values.access),
      history: historyOf(values.history),
      source: found.source,
      signature: named,
    };
    try {
      await api("POST", "/api/v1/admin/models", body);
      toast.success(`${body.title} is added`, { description: `Programs can call “${name}” now.` });
      // Still busy: the page of the model takes its place.
      router.push(modelPath(name));
    } catch (error) {
      showError(error);
      isRunning.current = false;
      setIsBusy(false);
    }
  }

  return { values, faults, problem, isBusy, form, edit, check, submit };
}
