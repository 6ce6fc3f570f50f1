"use client";

import Link from "next/link";
import { useDeferredValue, useState } from "react";
import { Card } from "@/app/_components/card";
import { CodeBlock } from "@/app/_components/code-block";
import { Select } from "@/app/_components/select";
import { type Call, predictSnippets } from "./predict-snippets";

/** A key of one's own that may call the model: its name and what is shown of it, never the secret. */
export type SnippetKey = { id: string; name: string; last4: string };

type SnippetCardProps = {
  description: string;
  call: Omit<Call, "keyName">;
  keys: readonly SnippetKey[];
};

const linkClass = "rounded-sm font-medium text-accent-ink hover:underline";

export function SnippetCard({ description, call, keys }: SnippetCardProps) {
  const [keyId, setKeyId] = useState(keys[0]?.id);
  const shown = useDeferredValue(call);
  const keyName = keys.find(({ id }) => id === keyId)?.name ?? null;
  return (
    <Card
      title="Call it from a program"
      description={description}
      action={keys.length > 0 && <KeySelect keys={keys} value={keyId} onChoose={setKeyId} />}
      footer={
        <>
          <span>
            {keys.length > 0
              ? "The secret was shown when the key was made."
              : "You have no key that may call this model yet."}{" "}
            <Link href="/keys" className={linkClass}>
              {keys.length > 0 ? "API keys" : "Make a key"}
            </Link>
          </span>
          <a href={`/api/v1/models/${call.model}/openapi.json`} className={linkClass}>
            OpenAPI document
          </a>
        </>
      }
    >
      <CodeBlock label="The call" tabs={predictSnippets({ ...shown, keyName })} />
    </Card>
  );
}

type KeySelectProps = {
  keys: readonly SnippetKey[];
  value: string | undefined;
  onChoose: (id: string) => void;
};

function KeySelect({ keys, value, onChoose }: KeySelectProps) {
  return (
    <label className="flex min-w-0 items-center gap-2">
      <span className="shrink-0 text-[13px] text-muted">Your key</span>
      <Select
        value={value}
        onChange={(event) => onChoose(event.target.value)}
        options={keys.map(({ id, name, last4 }) => ({ value: id, label: `${name} …${last4}` }))}
        className="w-full sm:w-64"
      />
    </label>
  );
}
