import { JsonView } from "./json-view";

type JsonDetailsProps = { summary: string; label: string; value: unknown };

/** For those who want to see it; folded away from those who do not. */
export function JsonDetails({ summary, label, value }: JsonDetailsProps) {
  return (
    <details>
      <summary className="w-fit rounded-sm font-medium text-[13px] text-muted hover:text-ink">
        {summary}
      </summary>
      <div className="mt-3">
        <JsonView label={label} value={value} />
      </div>
    </details>
  );
}
