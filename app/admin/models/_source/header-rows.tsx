"use client";

import { Plus, X } from "lucide-react";
import { useRef } from "react";
import { Button } from "@/app/_components/button";
import { FieldFault } from "@/app/_components/field-fault";
import { IconButton } from "@/app/_components/icon-button";
import { Input } from "@/app/_components/input";
import type { HeaderDraft, UpstreamFaults } from "./upstream-draft";

type HeaderRowsProps = {
  headers: readonly HeaderDraft[];
  /** Of a version that exists: an empty value keeps the one that is stored. */
  storedNames: readonly string[];
  faults: UpstreamFaults;
  onChange: (headers: HeaderDraft[]) => void;
};

/** What the service asks for as its password: stored encrypted, sent with each call, never shown again. */
export function HeaderRows({ headers, storedNames, faults, onChange }: HeaderRowsProps) {
  const add = useRef<HTMLButtonElement>(null);
  const edit = (key: number, change: Partial<HeaderDraft>) =>
    onChange(headers.map((header) => (header.key === key ? { ...header, ...change } : header)));
  const isStored = (name: string) =>
    storedNames.some((stored) => stored.toLowerCase() === name.trim().toLowerCase());
  return (
    <fieldset className="space-y-2">
      <legend className="font-medium">
        Secret headers<span className="ml-1.5 font-normal text-muted">optional</span>
      </legend>
      <p className="text-[13px] text-muted">
        What the service wants to see before it answers, for example Authorization: Bearer and a key. Stored
        encrypted, sent with every call, never shown again.
      </p>
      {headers.map(({ key, name, value }, index) => (
        <div key={key} className="space-y-1.5">
          <div className="grid grid-cols-[minmax(0,1fr)_auto] gap-2 sm:grid-cols-[14rem_minmax(0,1fr)_auto]">
            <Input
              aria-label={`Name of header ${index + 1}`}
              aria-invalid={faults[`header ${key}`] ? true : undefined}
              aria-describedby={`header-${key}-fault`}
              placeholder="Authorization"
              autoComplete="off"
              autoCapitalize="none"
              spellCheck={false}
              value={name}
              onChange={(event) => edit(key, { name: event.target.value })}
              className="font-mono"
            />
            <Input
              type="password"
              aria-label={`Value of header ${index + 1}`}
              placeholder={isStored(name) ? "stays as it is" : "Bearer …"}
              autoComplete="off"
              value={value}
              onChange={(event) => edit(key, { value: event.target.value })}
              className="order-last col-span-2 sm:order-none sm:col-span-1"
            />
            <IconButton
              label={`Remove header ${index + 1}`}
              onClick={() => {
                onChange(headers.filter((header) => header.key !== key));
                add.current?.focus();
              }}
              className="mt-0.5"
            >
              <X aria-hidden="true" />
            </IconButton>
          </div>
          <FieldFault id={`header-${key}-fault`} text={faults[`header ${key}`]} />
        </div>
      ))}
      <FieldFault text={faults.headers} />
      <Button
        ref={add}
        size="sm"
        onClick={() =>
          onChange([
            ...headers,
            { key: Math.max(-1, ...headers.map(({ key }) => key)) + 1, name: "", value: "" },
          ])
        }
      >
        <Plus aria-hidden="true" />
        Add a header
      </Button>
    </fieldset>
  );
}
