"use client";

import { DraftInput } from "./draft-input";

type Numbers = { unit: string; min: string; max: string };

type NumberInputsProps = {
  value: Numbers;
  unitExample: string;
  /** Of a column: a call with a number outside of these bounds is refused. */
  isRefused?: boolean;
  faultOf: (member: string) => string | undefined;
  edit: (change: Partial<Numbers>) => void;
};

/** What a number says about itself, among the inputs as among the results. */
export const NumberInputs = ({ value, unitExample, isRefused = false, faultOf, edit }: NumberInputsProps) => (
  <>
    <DraftInput
      label="Unit"
      placeholder={unitExample}
      maxLength={30}
      fault={faultOf("unit")}
      value={value.unit}
      onValue={(unit) => edit({ unit })}
    />
    <DraftInput
      label="Least"
      hint={isRefused ? "Less is refused." : undefined}
      inputMode="decimal"
      fault={faultOf("min")}
      value={value.min}
      onValue={(min) => edit({ min })}
    />
    <DraftInput
      label="Most"
      hint={isRefused ? "More is refused." : undefined}
      inputMode="decimal"
      fault={faultOf("max")}
      value={value.max}
      onValue={(max) => edit({ max })}
    />
  </>
);
