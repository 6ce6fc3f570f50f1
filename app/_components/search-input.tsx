"use client";

import { Search, X } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { cn } from "./cn";
import { Input } from "./input";
import { Spinner } from "./spinner";
import { useQueryParam } from "./use-query-param";

const DEBOUNCE_MS = 250;

type SearchInputProps = {
  /** Says what is searched; also the placeholder. */
  label: string;
  placeholder?: string;
  param?: string;
  className?: string;
};

export function SearchInput({ label, placeholder, param = "q", className }: SearchInputProps) {
  const { value, set, isPending } = useQueryParam(param);
  const [text, setText] = useState(value);
  const sent = useRef(value);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const input = useRef<HTMLInputElement>(null);

  // Back, forward and "clear filters" change the URL from outside; our own change must not
  // overwrite what was typed meanwhile.
  useEffect(() => {
    if (value === sent.current) return;
    sent.current = value;
    setText(value);
  }, [value]);

  useEffect(() => () => clearTimeout(timer.current), []);

  function send(next: string) {
    clearTimeout(timer.current);
    if (next.trim() === sent.current) return;
    sent.current = next.trim();
    set(next.trim());
  }

  function type(next: string) {
    setText(next);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => send(next), DEBOUNCE_MS);
  }

  return (
    <form
      role="search"
      className={cn("relative w-full sm:w-72", className)}
      onSubmit={(event) => {
        event.preventDefault();
        send(text);
      }}
    >
      <span className="pointer-events-none absolute top-1/2 left-3 -translate-y-1/2 text-muted">
        {isPending ? <Spinner /> : <Search aria-hidden="true" className="size-4" />}
      </span>
      <Input
        ref={input}
        type="search"
        name={param}
        value={text}
        aria-label={label}
        placeholder={placeholder ?? label}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => type(event.target.value)}
        className="px-9 [&::-webkit-search-cancel-button]:hidden"
      />
      {text && (
        <button
          type="button"
          aria-label="Clear search"
          onClick={() => {
            setText("");
            send("");
            input.current?.focus();
          }}
          className="absolute inset-y-1 right-1 grid w-7 place-items-center rounded-sm text-muted hover:text-ink focus-visible:outline-offset-0"
        >
          <X aria-hidden="true" className="size-4" />
        </button>
      )}
    </form>
  );
}
