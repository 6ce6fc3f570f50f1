"use client";

import { ProblemAlert } from "@/app/_client/problem-alert";
import { Button } from "@/app/_components/button";
import { Card } from "@/app/_components/card";
import { Field } from "@/app/_components/field";
import { Input } from "@/app/_components/input";
import { Textarea } from "@/app/_components/textarea";
import { AccessChoice, type PlanName } from "../_parts/access-choice";
import { HistoryChoice } from "../_parts/history-choice";
import type { AdminModel } from "../_parts/model-words";
import type { Person } from "../_parts/people-picker";
import { DangerCards } from "./danger-cards";
import { ExpensesCard } from "./expenses-card";
import { LimitsCard } from "./limits-card";
import { useSettings } from "./use-settings";

type SettingsViewProps = {
  model: AdminModel;
  /** Of those who may use it, when these are named one by one. */
  people: readonly Person[];
  plans: readonly PlanName[];
  reach: string;
  currency: string;
};

export function SettingsView({ reach, ...form }: SettingsViewProps) {
  const { model } = form;
  return (
    <div className="max-w-4xl space-y-6">
      {/* What somebody else changed meanwhile is shown, not overwritten. Only here: a dialog that is open stays. */}
      <SettingsForm key={model.updated_at} {...form} />
      <DangerCards model={model} reach={reach} />
    </div>
  );
}

function SettingsForm({ model, people, plans, currency }: Omit<SettingsViewProps, "reach">) {
  const settings = useSettings(model, people);
  const { draft, faults, problem, isBusy, isChanged, form, edit } = settings;
  return (
    <form ref={form} noValidate onSubmit={settings.save} className="space-y-6">
      <Card title="What people read">
        <div className="space-y-5">
          <Field label="Title" error={faults.title}>
            <Input
              maxLength={100}
              autoComplete="off"
              value={draft.title}
              onChange={(event) => edit({ title: event.target.value }, "title")}
            />
          </Field>
          <Field
            label="Description"
            isOptional
            hint="What it predicts, from what, and how far one should trust it."
            error={faults.description}
          >
            <Textarea
              rows={3}
              maxLength={2_000}
              value={draft.description}
              onChange={(event) => edit({ description: event.target.value }, "description")}
            />
          </Field>
        </div>
      </Card>
      <Card>
        <div className="space-y-8">
          <AccessChoice
            plans={plans}
            value={draft.access}
            fault={faults.access}
            onChange={(access) => edit({ access }, "access")}
          />
          <HistoryChoice
            value={draft.history}
            fault={faults.history}
            onChange={(history) => edit({ history }, "history")}
          />
        </div>
      </Card>
      <LimitsCard
        isService={model.runner === "http"}
        limits={draft.limits}
        isBatched={draft.isBatched}
        faults={faults}
        onLimit={(name, text) => edit({ limits: { ...draft.limits, [name]: text } }, `limits/${name}`)}
        onBatched={(isBatched) => edit({ isBatched })}
      />
      <ExpensesCard
        currency={currency}
        expenses={draft.expenses}
        faults={faults}
        onExpense={(name, text) =>
          edit({ expenses: { ...draft.expenses, [name]: text } }, `expenses/${name}`)
        }
      />
      <ProblemAlert problem={problem} />
      {isChanged && (
        <section
          aria-label="Changes that are not saved"
          className="sticky bottom-4 z-20 flex flex-wrap items-center justify-between gap-x-6 gap-y-2 rounded-lg border border-line-strong bg-surface py-2.5 pr-2.5 pl-4 shadow-pop"
        >
          <p role="status" className="font-medium">
            Not saved yet
          </p>
          <div className="flex gap-2">
            <Button size="sm" onClick={settings.discard} disabled={isBusy}>
              Discard
            </Button>
            <Button size="sm" type="submit" variant="primary" isBusy={isBusy}>
              Save changes
            </Button>
          </div>
        </section>
      )}
    </form>
  );
}
