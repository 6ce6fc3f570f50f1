"use client";

import { Card } from "@/app/_components/card";
import { FieldFault } from "@/app/_components/field-fault";
import { Input } from "@/app/_components/input";
import { Switch } from "@/app/_components/switch";
import { formatNumber } from "@/app/admin/_parts/count";
import { type LimitName, type LimitWords, limitWords } from "./limit-words";

type LimitsCardProps = {
  isService: boolean;
  limits: Record<LimitName, string>;
  isBatched: boolean;
  faults: { [Name in `limits/${LimitName}`]?: string | undefined };
  onLimit: (name: LimitName, text: string) => void;
  onBatched: (isBatched: boolean) => void;
};

export function LimitsCard(props: LimitsCardProps) {
  const { isService, limits, isBatched, faults, onLimit, onBatched } = props;
  return (
    <Card isFlush title="Limits" description="They keep one model, and one caller, from harming the others.">
      <div className="divide-y divide-line border-t">
        {limitWords
          .filter(({ isOfFiles }) => !isOfFiles || !isService)
          .map((words) => (
            <LimitRow
              key={words.name}
              words={words}
              text={limits[words.name]}
              fault={faults[`limits/${words.name}`]}
              onText={(text) => onLimit(words.name, text)}
            />
          ))}
        {!isService && (
          <div className="px-5 py-4">
            <Switch
              label="Put calls together"
              hint="Calls that arrive at the same moment are computed as one, which answers many more of them in the same time. Switch it off for a model whose rows influence each other."
              checked={isBatched}
              onChange={(event) => onBatched(event.target.checked)}
            />
          </div>
        )}
      </div>
    </Card>
  );
}

type LimitRowProps = {
  words: LimitWords;
  text: string;
  fault: string | undefined;
  onText: (text: string) => void;
};

function LimitRow({ words, text, fault, onText }: LimitRowProps) {
  const id = `limit-${words.name}`;
  return (
    <div className="grid gap-x-8 gap-y-3 px-5 py-4 sm:grid-cols-[minmax(0,1fr)_15rem]">
      <div>
        <label htmlFor={id} className="font-medium">
          {words.label}
        </label>
        <p id={`${id}-why`} className="mt-0.5 max-w-prose text-[13px] text-muted">
          {words.text}
        </p>
      </div>
      <div className="space-y-1.5">
        <div className="flex items-center gap-2.5">
          <Input
            id={id}
            inputMode="numeric"
            autoComplete="off"
            value={text}
            aria-invalid={fault ? true : undefined}
            aria-describedby={`${id}-fault ${id}-range ${id}-why`}
            onChange={(event) => onText(event.target.value)}
            className="w-24 text-right"
          />
          <span className="text-muted">{words.unit}</span>
        </div>
        <FieldFault id={`${id}-fault`} text={fault} />
        <p id={`${id}-range`} className="text-[13px] text-muted tabular-nums">
          {formatNumber(words.least)} to {formatNumber(words.most)}
        </p>
      </div>
    </div>
  );
}
