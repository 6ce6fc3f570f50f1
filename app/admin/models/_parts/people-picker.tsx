"use client";

import { X } from "lucide-react";
import { useEffect, useId, useRef, useState } from "react";
import { api } from "@/app/_client/api";
import { explainError } from "@/app/_client/explain-error";
import { Button } from "@/app/_components/button";
import { Field } from "@/app/_components/field";
import { IconButton } from "@/app/_components/icon-button";
import { Input } from "@/app/_components/input";

export type Person = { id: string; name: string; email: string };

type PeoplePickerProps = { people: readonly Person[]; onChange: (people: readonly Person[]) => void };

const pauseMs = 250;
const shownMax = 6;

/** Who is chosen, and a search for more; plain buttons, so that every keyboard and screen reader copes. */
export function PeoplePicker({ people, onChange }: PeoplePickerProps) {
  const [text, setText] = useState("");
  const { found, isNobody, failure } = useSearch(text.trim());
  const input = useRef<HTMLInputElement>(null);
  const listId = useId();
  const offered = found.filter(({ id }) => people.every((person) => person.id !== id));
  const stay = () => input.current?.focus();
  return (
    <div className="space-y-2">
      {people.length > 0 && (
        <ul aria-label="People who may use it" className="flex flex-wrap gap-1.5">
          {people.map((person) => (
            <li
              key={person.id}
              className="flex max-w-full items-center gap-1 rounded-md border bg-surface pl-2.5"
              title={person.email}
            >
              <span className="truncate">{person.name}</span>
              <IconButton
                label={`Remove ${person.email}`}
                onClick={() => {
                  onChange(people.filter(({ id }) => id !== person.id));
                  stay();
                }}
                className="size-7"
              >
                <X aria-hidden="true" />
              </IconButton>
            </li>
          ))}
        </ul>
      )}
      <Field label="Add somebody" error={failure}>
        <Input
          ref={input}
          type="search"
          placeholder="Name or e-mail"
          autoComplete="off"
          spellCheck={false}
          aria-controls={listId}
          value={text}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={(event) => {
            // Enter takes the first; it must not send the form around it.
            if (event.key !== "Enter") return;
            event.preventDefault();
            if (offered[0]) onChange([...people, offered[0]]);
          }}
          className="sm:max-w-96"
        />
      </Field>
      <ul id={listId} aria-label="Found" className="flex flex-wrap gap-1.5 empty:hidden">
        {offered.slice(0, shownMax).map((person) => (
          <li key={person.id} className="max-w-full">
            <Button
              size="sm"
              onClick={() => {
                onChange([...people, person]);
                stay();
              }}
              className="max-w-full"
            >
              <span className="truncate">
                Add {person.name} <span className="font-normal text-muted">{person.email}</span>
              </span>
            </Button>
          </li>
        ))}
      </ul>
      <p role="status" className="text-[13px] text-muted empty:hidden">
        {isNobody && "Nobody is called that."}
      </p>
    </div>
  );
}

type Found = { wanted: string; people: readonly Person[]; failure?: string };
const nothing: Found = { wanted: "", people: [] };

/** Answers to what was typed before are dropped, in whatever order they arrive. */
function useSearch(wanted: string) {
  const [found, setFound] = useState(nothing);
  useEffect(() => {
    if (wanted === "") return setFound(nothing);
    let isOver = false;
    const timer = setTimeout(async () => {
      const query = new URLSearchParams({ q: wanted, limit: "20" });
      const answer = await api<{ items: Person[] }>("GET", `/api/v1/admin/users?${query}`).then(
        ({ items }) => ({ people: items }),
        (error) => ({ people: [], failure: explainError(error) }),
      );
      if (!isOver) setFound({ wanted, ...answer });
    }, pauseMs);
    return () => {
      isOver = true;
      clearTimeout(timer);
    };
  }, [wanted]);
  const { people, failure } = found;
  const isNobody = wanted !== "" && found.wanted === wanted && people.length === 0 && !failure;
  return { found: people, isNobody, failure };
}
