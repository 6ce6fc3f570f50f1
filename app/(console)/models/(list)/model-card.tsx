import Link from "next/link";
import { LinkButton } from "@/app/_components/button";
import { ModelStateBadge } from "@/app/_model/model-state-badge";
import { inputsText, type ModelRow, resultText } from "@/app/_model/model-words";

/** What it is called, does, takes and answers; anywhere on it leads to the model's page. */
export function ModelCard({ model }: { model: ModelRow }) {
  return (
    <li className="relative flex min-w-0 flex-col rounded-lg border bg-surface px-5 py-4 transition-colors hover:border-line-strong">
      <div className="flex items-start justify-between gap-4">
        <h2 className="min-w-0 font-semibold leading-6 wrap-anywhere">
          <Link
            href={`/models/${model.name}`}
            className="after:absolute after:inset-0 after:rounded-lg focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:outline-accent"
          >
            {model.title}
          </Link>
          <code className="block font-mono font-normal text-[13px] text-muted leading-5">{model.name}</code>
        </h2>
        <ModelStateBadge model={model} />
      </div>
      {model.description && <p className="mt-2 line-clamp-2 text-muted wrap-anywhere">{model.description}</p>}
      <dl className="mt-3 mb-4 space-y-1">
        <Line term="Takes" text={inputsText(model)} />
        <Line term="Answers" text={resultText(model)} />
      </dl>
      <div className="mt-auto">
        <LinkButton size="sm" href={`/playground?model=${model.name}`} className="z-10">
          Try it
          <span className="sr-only">: {model.title}</span>
        </LinkButton>
      </div>
    </li>
  );
}

function Line({ term, text }: { term: string; text: string }) {
  return (
    <div className="flex gap-3">
      <dt className="w-16 shrink-0 text-muted">{term}</dt>
      <dd className="line-clamp-2 min-w-0 wrap-anywhere">{text}</dd>
    </div>
  );
}
