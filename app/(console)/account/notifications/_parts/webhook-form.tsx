"use client";

import { useEffect, useState } from "react";
import { ProblemAlert } from "@/app/_client/problem-alert";
import { useApiForm } from "@/app/_client/use-api-form";
import { Checkbox } from "@/app/_components/checkbox";
import { Field } from "@/app/_components/field";
import { FieldFault } from "@/app/_components/field-fault";
import { Input } from "@/app/_components/input";
import type { WebhookBody } from "./webhook-calls";
import { eventWords } from "./webhook-words";

type WebhookFormProps = {
  id: string;
  initial: WebhookBody;
  onBusy: (isBusy: boolean) => void;
  /** A rejection keeps everything that was typed and is shown at its fields. */
  send: (body: WebhookBody) => Promise<void>;
};

const rules = {
  url: (text: string) =>
    URL.canParse(text.trim()) && /^https?:/i.test(text.trim())
      ? undefined
      : "Write a full address such as https://example.org/hook.",
};

export function WebhookForm({ id, initial, onBusy, send }: WebhookFormProps) {
  const [events, setEvents] = useState<WebhookBody["events"]>(initial.events);
  const [isEventMissing, setIsEventMissing] = useState(false);
  const { submit, field, errors, problem, isBusy } = useApiForm<{ url: string }>(rules, async ({ url }) => {
    setIsEventMissing(events.length === 0);
    if (events.length > 0) await send({ url: url.trim(), events });
  });
  useEffect(() => onBusy(isBusy), [isBusy, onBusy]);

  function choose(event: (typeof events)[number], isChosen: boolean) {
    const chosen = isChosen ? [...events, event] : events.filter((other) => other !== event);
    setEvents(chosen);
    if (chosen.length > 0) setIsEventMissing(false);
  }

  return (
    <form id={id} method="post" noValidate onSubmit={submit} className="space-y-5">
      <ProblemAlert problem={problem} />
      <Field
        label="Address"
        error={errors.url}
        hint="Where your program listens. It has to answer with a status from 200 to 299 within 20 seconds."
      >
        <Input
          {...field("url")}
          type="url"
          defaultValue={initial.url}
          placeholder="https://example.org/hook"
          autoComplete="off"
          spellCheck={false}
          maxLength={2_000}
          data-autofocus
          className="font-mono sm:text-[13px]"
        />
      </Field>
      <fieldset className="space-y-3" aria-describedby={isEventMissing ? `${id}-events-fault` : undefined}>
        <legend className="font-medium">What it is told of</legend>
        {eventWords.map(({ value, label, text }) => (
          <Checkbox
            key={value}
            label={label}
            hint={text}
            checked={events.includes(value)}
            onChange={({ target }) => choose(value, target.checked)}
          />
        ))}
        <FieldFault id={`${id}-events-fault`} text={isEventMissing ? "Choose at least one." : undefined} />
      </fieldset>
    </form>
  );
}
