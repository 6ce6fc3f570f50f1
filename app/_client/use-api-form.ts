"use client";

import { type ChangeEvent, type FocusEvent, type FormEvent, useRef, useState } from "react";
import { type Problem, toProblem } from "./api";
import { useSecondsLeft } from "./use-seconds-left";

/** Says what is wrong with a value; undefined when nothing is. */
type Rule<Values> = (value: string, values: Values) => string | undefined;
type Rules<Values> = { [Name in keyof Values]: Rule<Values> };
type Errors<Values> = { [Name in keyof Values]?: string };

export const required =
  (message: string) =>
  (value: string): string | undefined =>
    value === "" ? message : undefined;

/** For names; a password may be made of blanks. */
export const notBlank = (message: string) => (value: string) => required(message)(value.trim());

/**
 * A form whose fields are named as the members of the request body, so that what the API finds wrong appears at
 * the field it points at; what belongs to no field is `problem`. The browser keeps the values: what a password
 * manager filled in before this code ran is there too.
 */
export function useApiForm<Values extends Record<string, string>>(
  rules: Rules<Values>,
  send: (values: Values) => Promise<void>,
) {
  const [errors, setErrors] = useState<Errors<Values>>({});
  const [problem, setProblem] = useState<Problem>();
  const [waitUntil, setWaitUntil] = useState<number | null>(null);
  const [isBusy, setIsBusy] = useState(false);
  const secondsLeft = useSecondsLeft(waitUntil);
  // State arrives a render late; two quick presses must not send twice.
  const isRunning = useRef(false);
  const names = Object.keys(rules) as (keyof Values & string)[];

  function show(form: HTMLFormElement, found: Errors<Values>) {
    setErrors(found);
    const first = names.find((name) => found[name]);
    if (first) focusField(form, first);
  }

  function checkField({ target }: ChangeEvent<HTMLInputElement> | FocusEvent<HTMLInputElement>) {
    const { form, name, value } = target;
    if (form) setErrors((before) => ({ ...before, [name]: rules[name]?.(value, readValues(form, names)) }));
  }

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = event.currentTarget;
    if (isRunning.current || secondsLeft > 0) return;
    const values = readValues(form, names);
    const faults = checkAll(rules, names, values);
    show(form, faults);
    if (names.some((name) => faults[name])) return;
    isRunning.current = true;
    setIsBusy(true);
    setProblem(undefined);
    setWaitUntil(null);
    try {
      await send(values);
    } catch (error) {
      const found = toProblem(error);
      const placed = faultsByField(found, names);
      show(form, placed.errors);
      if (found.status === 429) setWaitUntil(Date.now() + (found.retryAfterSeconds ?? 1) * 1000);
      if (!placed.isComplete) setProblem(found);
    } finally {
      isRunning.current = false;
      setIsBusy(false);
    }
  }

  const field = (name: keyof Values & string) => ({
    name,
    onChange: (event: ChangeEvent<HTMLInputElement>) => errors[name] && checkField(event),
    onBlur: (event: FocusEvent<HTMLInputElement>) => {
      // Nothing to say yet about what is empty; and a message that appears while something is being pressed
      // would move it away from under the pointer.
      if (event.target.value !== "" && !isPress(event.relatedTarget)) checkField(event);
    },
  });

  return { submit, field, errors, problem, secondsLeft, isBusy };
}

function readValues<Values extends Record<string, string>>(
  form: HTMLFormElement,
  names: (keyof Values & string)[],
): Values {
  const data = new FormData(form);
  return Object.fromEntries(names.map((name) => [name, String(data.get(name) ?? "")])) as Values;
}

function checkAll<Values extends Record<string, string>>(
  rules: Rules<Values>,
  names: (keyof Values & string)[],
  values: Values,
): Errors<Values> {
  const errors: Errors<Values> = {};
  for (const name of names) {
    const error = rules[name](values[name] ?? "", values);
    if (error) errors[name] = error;
  }
  return errors;
}

/** `isComplete` when every fault found its field. */
function faultsByField<Values>(problem: Problem, names: (keyof Values & string)[]) {
  const faults = problem.errors ?? [];
  const errors: Errors<Values> = {};
  for (const { pointer, message, fix } of faults) {
    const name = names.find((name) => pointer === `/${name}`);
    // The general word "invalid" comes with a general cure, which helps programs more than people.
    if (name) errors[name] ??= problem.code === "request.invalid" ? message : `${message} ${fix}`;
  }
  const isComplete = faults.length > 0 && faults.every(({ pointer }) => pointer.slice(1) in errors);
  return { errors, isComplete };
}

const isPress = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && !target.matches("input, select, textarea");

function focusField(form: HTMLFormElement, name: string): void {
  const control = form.elements.namedItem(name);
  if (control instanceof HTMLInputElement) control.focus();
}

/** Goes to another page by a full load; the form stays busy until it is there. */
export function leaveTo(path: string): Promise<never> {
  window.location.assign(path);
  return new Promise(() => {});
}
