"use client";

import { type ChangeEvent, type ComponentProps, useState } from "react";
import { Field } from "@/app/_components/field";
import { Input } from "@/app/_components/input";
import type { PlanView } from "@/lib/plans/schema";
import { type PriceName, priceFault, priceFields, typed, valueAt } from "./plan-fields";
import { exampleInWords } from "./plan-words";

type InputProps = Required<Pick<ComponentProps<"input">, "name" | "onChange" | "onBlur">>;
type PriceFieldsProps = {
  prices: PlanView["prices"];
  currency: string;
  field: (name: PriceName) => InputProps;
  errors: Partial<Record<PriceName, string | undefined>>;
};

/** The prices, and below them what a call costs by what is typed right now. */
export function PriceFields({ prices, currency, field, errors }: PriceFieldsProps) {
  const [now, setNow] = useState(prices);

  function follow({ target }: ChangeEvent<HTMLInputElement>) {
    const found = priceFields.find(({ name }) => name === target.name);
    if (!found || priceFault(target.value, found)) return;
    setNow((before) => ({ ...before, [found.name.slice("prices/".length)]: Number(target.value) }));
  }

  return (
    <>
      <div className="grid gap-x-4 gap-y-5 sm:grid-cols-2">
        {priceFields.map(({ name, label }) => {
          const { onChange, ...input } = field(name);
          return (
            <Field key={name} label={`${label}, ${currency}`} error={errors[name]}>
              <Input
                {...input}
                defaultValue={typed(valueAt({ prices } as PlanView, name))}
                inputMode="decimal"
                autoComplete="off"
                className="tabular-nums"
                onChange={(event) => {
                  onChange(event);
                  follow(event);
                }}
              />
            </Field>
          );
        })}
      </div>
      <p role="status" className="text-muted">
        {exampleInWords(now, currency)} Calls that fail cost nothing.
      </p>
    </>
  );
}
