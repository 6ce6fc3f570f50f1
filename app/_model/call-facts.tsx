import Link from "next/link";
import { CopyableId } from "@/app/_components/copyable-id";
import { DefinitionList } from "@/app/_components/definition-list";
import { Explain } from "@/app/_components/explain";
import { millisecondsText, numberText } from "./model-words";
import type { Answered } from "./use-prediction";

type CallFactsProps = { answered: Answered; hasHistory: boolean };

/** How long the call took and where, what it counted, and how to name it when asking about it. */
export function CallFacts({ answered, hasHistory }: CallFactsProps) {
  const { answer, requestId, roundTripMs } = answered;
  const { predict_ms, queue_ms } = answer.metrics;
  return (
    <DefinitionList
      className="[&>div]:grid-cols-[6rem_minmax(0,1fr)] [&>div]:py-1.5"
      items={[
        {
          term: "Time",
          description: `${millisecondsText(predict_ms)} in the model, ${millisecondsText(queue_ms)} waiting, ${millisecondsText(roundTripMs)} in all`,
        },
        { term: "Version", description: answer.version },
        {
          key: "units",
          term: (
            <Explain text="What a call counts towards the limits of your plan: one for each row.">
              Units
            </Explain>
          ),
          description: numberText(answer.usage.units),
        },
        {
          term: "Request",
          description: requestId ? <CopyableId value={requestId} label="request id" /> : "unknown",
        },
        {
          term: "Prediction",
          description: (
            <span className="flex flex-wrap items-center gap-x-3">
              <CopyableId value={answer.id} label="prediction id" />
              {hasHistory && (
                <Link href="/predictions" className="rounded-sm font-medium text-accent-ink hover:underline">
                  History
                </Link>
              )}
            </span>
          ),
        },
      ]}
    />
  );
}
