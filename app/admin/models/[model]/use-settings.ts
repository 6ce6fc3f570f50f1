"use client";

import { useRouter } from "next/navigation";
import { type FormEvent, useRef, useState } from "react";
import { api, type Problem, toProblem } from "@/app/_client/api";
import { toast } from "@/app/_components/toaster";
import { typedMoney } from "@/app/_usage/price-text";
import { type FieldFaults, faultsOf } from "@/app/admin/_parts/faults-of";
import { type AccessDraft, accessFault, accessOf } from "../_parts/access-choice";
import { daysFault, type HistoryDraft, historyOf } from "../_parts/history-choice";
import { modelApi } from "../_parts/model-paths";
import type { AdminModel } from "../_parts/model-words";
import type { Person } from "../_parts/people-picker";
import { type ExpenseName, expenseFault, expenseWords } from "./expense-words";
import { type LimitName, limitWords } from "./limit-words";

type LimitField = `limits/${LimitName}`;
const limitField = (name: LimitName): LimitField => `limits/${name}`;
type ExpenseField = `expenses/${ExpenseName}`;
const expenseField = (name: ExpenseName): ExpenseField => `expenses/${name}`;
const places = [
  "title",
  "description",
  "access",
  "history",
  ...limitWords.map(({ name }) => limitField(name)),
  ...expenseWords.map(({ name }) => expenseField(name)),
];
type Place = "title" | "description" | "access" | "history" | LimitField | ExpenseField;

export type SettingsDraft = {
  title: string;
  description: string;
  access: AccessDraft;
  history: HistoryDraft;
  limits: Record<LimitName, string>;
  isBatched: boolean;
  expenses: Record<ExpenseName, string>;
};

function draftOf(
  { title, description, access, history, limits, expenses }: AdminModel,
  people: readonly Person[],
) {
  const draft: SettingsDraft = {
    title,
    description,
    access: { kind: access.kind, plans: access.kind === "plans" ? access.ids : [], people },
    history: { kind: history.kind, days: String(history.days) },
    limits: {
      timeout_ms: String(limits.timeout_ms),
      rows_max: String(limits.rows_max),
      queue_max: String(limits.queue_max),
      runners_max: String(limits.runners_max),
      memory_max_mb: String(limits.memory_max_mb),
    },
    isBatched: limits.is_batched,
    expenses: {
      per_call: typedMoney(expenses.per_call),
      per_compute_ms: typedMoney(expenses.per_compute_ms),
      per_token: typedMoney(expenses.per_token),
    },
  };
  return draft;
}

const numbersOf = (texts: Record<string, string>): Record<string, number> =>
  Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, Number(text)]));

/** As the API takes it. */
const valuesOf = (draft: SettingsDraft, usualDays: number) => ({
  title: draft.title.trim(),
  description: draft.description.trim(),
  access: accessOf(draft.access),
  history: historyOf(draft.history, usualDays),
  limits: { ...numbersOf(draft.limits), is_batched: draft.isBatched } as Record<string, number | boolean>,
  expenses: numbersOf(draft.expenses),
});

/** Only what was changed here: what somebody else changed meanwhile stays. */
function changeOf(before: SettingsDraft, after: SettingsDraft, usualDays: number): Record<string, unknown> {
  const old = valuesOf(before, usualDays);
  const { limits, ...rest } = valuesOf(after, usualDays);
  const isChanged = (one: unknown, other: unknown) => JSON.stringify(one) !== JSON.stringify(other);
  const changed = Object.entries(rest).filter(([name, value]) =>
    isChanged(value, old[name as keyof typeof rest]),
  );
  const changedLimits = Object.entries(limits).filter(([name, value]) => isChanged(value, old.limits[name]));
  return {
    ...Object.fromEntries(changed),
    ...(changedLimits.length > 0 ? { limits: Object.fromEntries(changedLimits) } : {}),
  };
}

export function useSettings(model: AdminModel, people: readonly Person[]) {
  const router = useRouter();
  const [initial] = useState(() => draftOf(model, people));
  const [draft, setDraft] = useState(initial);
  const [faults, setFaults] = useState<FieldFaults<Place>>({});
  const [problem, setProblem] = useState<Problem>();
  const [isBusy, setIsBusy] = useState(false);
  const isRunning = useRef(false);
  const form = useRef<HTMLFormElement>(null);
  const change = changeOf(initial, draft, model.history.days);
  const isChanged = Object.keys(change).length > 0;

  function edit(next: Partial<SettingsDraft>, ...touched: Place[]) {
    setDraft((before) => ({ ...before, ...next }));
    setFaults((before) => ({ ...before, ...Object.fromEntries(touched.map((place) => [place, undefined])) }));
  }

  function show(found: FieldFaults<Place>): boolean {
    setFaults(found);
    const isFaulty = Object.values(found).some(Boolean);
    if (isFaulty)
      requestAnimationFrame(() => form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
    return isFaulty;
  }

  function discard() {
    setDraft(initial);
    setFaults({});
    setProblem(undefined);
  }

  async function save(event: FormEvent) {
    event.preventDefault();
    if (isRunning.current || !isChanged || show(faultsIn(draft))) return;
    isRunning.current = true;
    setIsBusy(true);
    setProblem(undefined);
    try {
      await api("PATCH", modelApi(model.name), change);
      toast.success("Settings saved", { description: "They count from the next call on." });
      router.refresh();
    } catch (error) {
      const placed = faultsOf(error, places as Place[]);
      if (placed) show(placed);
      else setProblem(toProblem(error));
    }
    isRunning.current = false;
    setIsBusy(false);
  }

  return { draft, faults, problem, isBusy, isChanged, form, edit, discard, save };
}

function faultsIn(draft: SettingsDraft): FieldFaults<Place> {
  return {
    title: draft.title.trim() === "" ? "Write a title that people understand." : undefined,
    access: accessFault(draft.access),
    history: daysFault(draft.history),
    ...Object.fromEntries(
      expenseWords.map(({ name, most }) => [expenseField(name), expenseFault(draft.expenses[name], most)]),
    ),
    ...Object.fromEntries(
      limitWords.map(({ name, least, most }) => [
        limitField(name),
        limitFault(draft.limits[name], least, most),
      ]),
    ),
  };
}

function limitFault(text: string, least: number, most: number): string | undefined {
  if (!/^\d+$/.test(text.trim())) return "Write a whole number.";
  const value = Number(text);
  return value < least || value > most ? `From ${least} to ${most.toLocaleString("en-US")}.` : undefined;
}
