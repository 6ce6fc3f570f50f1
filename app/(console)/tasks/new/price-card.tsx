"use client";

import { Play } from "lucide-react";
import Link from "next/link";
import type { Problem } from "@/app/_client/api";
import { SubmitButton } from "@/app/_client/submit-button";
import { Alert } from "@/app/_components/alert";
import { Card } from "@/app/_components/card";
import { priceText } from "@/app/_usage/price-text";
import { countOf, formatNumber } from "@/app/admin/_parts/count";
import { formatSecondsLeft } from "@/app/admin/models/_parts/units";
import type { TaskEstimate } from "@/lib/tasks/schema";
import { ProgressBar } from "../_parts/progress-bar";
import { sentPercent } from "./chosen-rows";
import { leftAfter } from "./left-after";
import { RowsProblem } from "./rows-problem";
import type { Check } from "./use-check";
import type { Starting } from "./use-start";

type PriceCardProps = { check: Check; starting: Starting | null; problem: Problem | undefined };

/** What it costs, how long it takes and what is left; and the one button that begins to cost something. */
export function PriceCard({ check, starting, problem }: PriceCardProps) {
  const checked = check.phase === "checked" && check.estimate.rows_faulty === 0 ? check : null;
  return (
    <Card title="What it costs" className="lg:sticky lg:top-20">
      <div className="space-y-4">
        {checked ? (
          <Price {...checked} />
        ) : (
          <p role="status" className="text-muted">
            {waitingText(check)}
          </p>
        )}
        {checked?.estimate.reason && <Refusal {...checked.estimate.reason} />}
        {problem && <RowsProblem problem={problem} />}
        <SubmitButton
          className="w-full"
          disabled={!checked?.estimate.would_pass}
          isBusy={starting !== null}
          aria-describedby="start-hint"
        >
          <Play aria-hidden="true" />
          {checked ? startText(checked.estimate) : "Start"}
        </SubmitButton>
        {starting && (
          <ProgressBar
            label="Sending the rows"
            percent={starting.phase === "sending" ? sentPercent(starting.progress) : undefined}
          />
        )}
        <p id="start-hint" className="text-[13px] text-muted">
          You pay for rows that succeed, and for nothing else. You can cancel at any moment.
        </p>
      </div>
    </Card>
  );
}

function waitingText(check: Check): string {
  if (check.phase === "sending" || check.phase === "reading") return "The price follows the check.";
  return check.phase === "checked"
    ? "The price is shown as soon as all rows can be used."
    : "Choose the rows first; looking at the price costs nothing.";
}

const startText = ({ cost, cost_max, currency }: TaskEstimate): string => {
  if (cost_max === 0) return "Start";
  return cost === cost_max
    ? `Start: ${priceText(cost, currency)}`
    : `Start: at most ${priceText(cost_max, currency)}`;
};

function Price({ estimate, left }: { estimate: TaskEstimate; left: Parameters<typeof leftAfter>[0] | null }) {
  const { cost, cost_max, currency, rows, units, seconds } = estimate;
  const lines = [
    { term: "Rows", text: formatNumber(rows) },
    { term: "Units", text: formatNumber(units) },
    ...(cost === cost_max ? [] : [{ term: "Never more than", text: priceText(cost_max, currency) }]),
    { term: "Takes about", text: seconds === null ? "not known yet" : formatSecondsLeft(seconds) },
    ...(left ? leftAfter(left, estimate) : []),
  ];
  return (
    <>
      <div role="status">
        <p className="font-semibold text-3xl leading-9 tracking-tight tabular-nums">
          {cost_max === 0 ? "Free" : priceText(cost, currency)}
        </p>
        <p className="mt-0.5 text-[13px] text-muted">
          for {countOf(rows, "row")}
          {cost_max === 0 && ": your plan charges nothing for them"}
        </p>
      </div>
      <dl className="divide-y divide-line border-y">
        {lines.map(({ term, text }) => (
          <div key={term} className="flex flex-wrap justify-between gap-x-4 py-2">
            <dt className="text-muted">{term}</dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}

function Refusal({ code, detail }: { code: string; detail: string }) {
  return (
    <Alert
      role="alert"
      tone="warning"
      title="It would not be let in"
      text={
        <>
          <p>{detail}</p>
          <p className="mt-1">
            <Link
              href={`/problems/${code}`}
              className="rounded-sm font-medium text-accent-ink hover:underline"
              // What was chosen here must not get lost.
              target="_blank"
            >
              <code className="font-mono text-[13px]">{code}</code>
            </Link>
          </p>
        </>
      }
    />
  );
}
