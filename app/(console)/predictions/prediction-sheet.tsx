"use client";

import Link from "next/link";
import { Alert } from "@/app/_components/alert";
import { LinkButton } from "@/app/_components/button";
import { CopyableId } from "@/app/_components/copyable-id";
import { DefinitionList } from "@/app/_components/definition-list";
import { formatExact } from "@/app/_components/format-time";
import { Sheet } from "@/app/_components/sheet";
import { BatchTable } from "@/app/_model/batch-table";
import { JsonDetails } from "@/app/_model/json-details";
import { JsonView } from "@/app/_model/json-view";
import { fingerprintText } from "@/app/_model/kept-words";
import { millisecondsText, type Result } from "@/app/_model/model-words";
import { playgroundHref } from "@/app/_model/playground-href";
import { ResultView } from "@/app/_model/result-view";
import { type KeptBody, keptBody, rowsToCallWith } from "./kept-body";
import type { PredictionRow } from "./prediction-row";

type PredictionSheetProps = {
  row: PredictionRow;
  result: Result | null;
  caller: string;
  onClose: () => void;
};

const sheetLink = "rounded-sm font-medium text-accent-ink hover:underline";

export function PredictionSheet({ row, result, caller, onClose }: PredictionSheetProps) {
  const input = keptBody(row.input);
  const rows = rowsToCallWith(input);
  return (
    <Sheet
      open
      onOpenChange={onClose}
      title={`Prediction of ${row.model}`}
      description={formatExact(Date.parse(row.created_at))}
      footer={
        rows && (
          <LinkButton href={playgroundHref(row.model, rows)} prefetch={false}>
            Open in the playground
          </LinkButton>
        )
      }
    >
      <div className="space-y-6">
        {row.status === "failed" && <Failure row={row} />}
        <Output row={row} result={result} />
        <Body
          label={row.rows === 1 ? "Input" : `Input, ${row.rows} rows`}
          body={input}
          hash={row.input_hash}
        />
        <DefinitionList items={factsOf(row, caller)} />
      </div>
    </Sheet>
  );
}

function Failure({ row }: { row: PredictionRow }) {
  return (
    <Alert
      tone="danger"
      title="This call failed"
      text={
        row.code && (
          <Link href={`/problems/${row.code}`} className={sheetLink}>
            <code className="font-mono text-[13px]">{row.code}</code>
          </Link>
        )
      }
      action={
        <LinkButton size="sm" href={`/why?id=${row.request_id}`} prefetch={false}>
          Why?
        </LinkButton>
      }
    />
  );
}

type BodyProps = { label: string; body: KeptBody; hash: string | null };

/** What went in or came out, as far as it is kept. */
function Body({ label, body, hash }: BodyProps) {
  if (body.kind !== "none") return <JsonView label={label} value={body.value} />;
  if (hash === null) return null;
  return (
    <section className="space-y-1">
      <h3 className="font-medium">{label}</h3>
      <p className="text-muted">{fingerprintText}</p>
      <CopyableId value={hash} label="fingerprint" />
    </section>
  );
}

function Output({ row, result }: Pick<PredictionSheetProps, "row" | "result">) {
  const body = keptBody(row.output);
  if (result === null || result.kind === "raw" || body.kind === "none" || body.kind === "tensors")
    return <Body label="Output" body={body} hash={row.output_hash} />;
  return (
    <section aria-label="Result" className="space-y-4">
      {body.kind === "rows" ? (
        <BatchTable result={result} outputs={body.value} />
      ) : (
        <ResultView result={result} output={body.value} />
      )}
      <JsonDetails summary="The result as JSON" label="Output" value={body.value} />
    </section>
  );
}

function factsOf(row: PredictionRow, caller: string) {
  const { predict_ms, queue_ms } = row.metrics;
  return [
    { term: "Version", description: row.version },
    { term: "Rows", description: row.rows },
    {
      term: "Time",
      description: `${millisecondsText(predict_ms)} in the model, ${millisecondsText(queue_ms)} waiting`,
    },
    { term: "Called by", description: caller },
    { term: "Request", description: <CopyableId value={row.request_id} label="request id" /> },
    { term: "Prediction", description: <CopyableId value={row.id} label="prediction id" /> },
    { term: "Kept until", description: formatExact(Date.parse(row.expires_at)) },
  ];
}
