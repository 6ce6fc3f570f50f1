"use client";

import { Card } from "@/app/_components/card";
import { Field } from "@/app/_components/field";
import { Input } from "@/app/_components/input";
import { type ExpenseName, expenseWords } from "./expense-words";

type ExpensesCardProps = {
  currency: string;
  expenses: Record<ExpenseName, string>;
  faults: { [Name in `expenses/${ExpenseName}`]?: string | undefined };
  onExpense: (name: ExpenseName, text: string) => void;
};

export function ExpensesCard({ currency, expenses, faults, onExpense }: ExpensesCardProps) {
  return (
    <Card
      title="What a call costs you"
      description="Compared with what people pay, it is the margin under Usage. Nobody else sees it, and calls of before keep what they cost then."
    >
      <div className="grid gap-x-5 gap-y-5 sm:grid-cols-3">
        {expenseWords.map(({ name, label, text }) => (
          <Field key={name} label={`${label}, ${currency}`} hint={text} error={faults[`expenses/${name}`]}>
            <Input
              inputMode="decimal"
              autoComplete="off"
              value={expenses[name]}
              onChange={(event) => onExpense(name, event.target.value)}
              className="tabular-nums"
            />
          </Field>
        ))}
      </div>
    </Card>
  );
}
