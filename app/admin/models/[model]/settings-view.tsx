"use client";

import { ProblemAlert } from "@/app/_client/problem-alert";
import { Card } from "@/app/_components/card";
import { Field } from "@/app/_components/field";
import { Input } from "@/app/_components/input";
import { UnsavedBar } from "@/app/admin/_parts/unsaved-bar";
import { AccessChoice, type PlanName } from "../_parts/access-choice";
import { DescriptionField } from "../_parts/description-field";
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
          <DescriptionField
            value={draft.description}
            fault={faults.description}
            onChange={(description) => edit({ description }, "description")}
          />
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
      {isChanged && <UnsavedBar text="Not saved yet" isBusy={isBusy} onDiscard={settings.discard} />}
    </form>
  );
}
