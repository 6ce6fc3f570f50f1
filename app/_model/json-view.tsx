import { CopyButton } from "@/app/_components/copy-button";

import { jsonText } from "./literals";

type JsonViewProps = { label: string; value: unknown };

/** So much is drawn; what is copied is the whole. */
const shownMax = 20_000;

export function JsonView({ label, value }: JsonViewProps) {
  const text = jsonText(value);
  return (
    <div className="overflow-hidden rounded-md border bg-sunken">
      <div className="flex h-8 items-center justify-between pr-0.5 pl-3">
        <p className="text-[13px] text-muted">{label}</p>
        <CopyButton value={text} label={label} className="size-7" />
      </div>
      {/* Focusable, so that it scrolls with the keyboard. */}
      <section
        aria-label={label}
        tabIndex={0}
        className="max-h-80 overflow-auto border-t focus-visible:-outline-offset-2"
      >
        <pre className="w-max min-w-full px-3 py-2 font-mono text-[13px] leading-5">
          {text.length > shownMax ? `${text.slice(0, shownMax)}\n… copy it to see the rest` : text}
        </pre>
      </section>
    </div>
  );
}
