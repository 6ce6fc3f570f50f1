"use client";

import { ChoiceCard } from "@/app/_components/choice-card";
import { Field } from "@/app/_components/field";
import { Input } from "@/app/_components/input";
import { Switch } from "@/app/_components/switch";
import { Textarea } from "@/app/_components/textarea";
import { HeaderRows } from "./header-rows";
import { presetWords } from "./preset-words";
import type { UpstreamDraft, UpstreamFaults } from "./upstream-draft";

type UpstreamFieldsProps = {
  draft: UpstreamDraft;
  storedNames: readonly string[];
  faults: UpstreamFaults;
  edit: (change: Partial<UpstreamDraft>) => void;
};

export const privateLabel = "It is on this machine or in my own network";

export function UpstreamFields({ draft, storedNames, faults, edit }: UpstreamFieldsProps) {
  const preset = presetWords.find(({ value }) => value === draft.preset);
  return (
    <div className="space-y-5">
      <fieldset>
        <legend className="mb-1.5 font-medium">How it speaks</legend>
        <div className="grid gap-2 sm:grid-cols-3">
          {presetWords.map(({ value, label, text }) => (
            <ChoiceCard
              key={value}
              radio={{
                name: "preset",
                checked: draft.preset === value,
                onChange: () => edit({ preset: value }),
              }}
              value={value}
              label={label}
              text={text}
            />
          ))}
        </div>
      </fieldset>
      <Field label="Address" hint={preset?.urlHint} error={faults.url}>
        <Input
          type="url"
          placeholder={preset?.urlExample}
          autoComplete="off"
          spellCheck={false}
          value={draft.url}
          onChange={(event) => edit({ url: event.target.value })}
        />
      </Field>
      <PresetFields draft={draft} faults={faults} edit={edit} />
      <HeaderRows
        headers={draft.headers}
        storedNames={storedNames}
        faults={faults}
        onChange={(headers) => edit({ headers })}
      />
      <div>
        <Switch
          label={privateLabel}
          hint="Off, such addresses are refused, so that nobody reaches your internal machines through a model. On, this model, and nothing else, may call this very host."
          checked={draft.isPrivateAllowed}
          onChange={(event) => edit({ isPrivateAllowed: event.target.checked })}
        />
      </div>
    </div>
  );
}

function PresetFields({ draft, faults, edit }: Omit<UpstreamFieldsProps, "storedNames">) {
  const text = { autoComplete: "off", spellCheck: false, autoCapitalize: "none" };
  if (draft.preset === "json") {
    return (
      <div className="grid gap-5 sm:grid-cols-2">
        <Field
          label="Rows go into"
          isOptional
          hint="The member of the body that holds the list of rows, such as “instances”. Empty: each row is sent as a body of its own."
          error={faults.rows_member}
        >
          <Input
            {...text}
            maxLength={100}
            value={draft.rowsMember}
            onChange={(event) => edit({ rowsMember: event.target.value })}
          />
        </Field>
        <Field
          label="Results come from"
          isOptional
          hint="The member of the answer that holds the results, such as “predictions”. Empty: the answer itself."
          error={faults.results_member}
        >
          <Input
            {...text}
            maxLength={100}
            value={draft.resultsMember}
            onChange={(event) => edit({ resultsMember: event.target.value })}
          />
        </Field>
      </div>
    );
  }
  return (
    <div className="space-y-5">
      <Field label="Name of the model there" error={faults.model}>
        <Input
          {...text}
          maxLength={200}
          value={draft.model}
          onChange={(event) => edit({ model: event.target.value })}
        />
      </Field>
      {draft.preset === "chat" && (
        <>
          <Field
            label="Instructions"
            isOptional
            hint="Said to the model before the words of each caller, who never sees it."
            error={faults.system_prompt}
          >
            <Textarea
              rows={3}
              maxLength={2_000}
              value={draft.systemPrompt}
              onChange={(event) => edit({ systemPrompt: event.target.value })}
            />
          </Field>
          <Field
            label="Longest answer"
            isOptional
            hint="In tokens, which are about three quarters of a word each. It bounds what one call can cost."
            error={faults.tokens_max}
          >
            <Input
              inputMode="numeric"
              autoComplete="off"
              value={draft.tokensMax}
              onChange={(event) => edit({ tokensMax: event.target.value })}
              className="max-w-40"
            />
          </Field>
        </>
      )}
    </div>
  );
}
