import { FlaskConical, SearchX } from "lucide-react";
import { LinkButton } from "@/app/_components/button";
import { EmptyState } from "@/app/_components/empty-state";

/** `isFirst` when there is none at all, as opposed to none that matches. */
export function NoPredictions({ isFirst }: { isFirst: boolean }) {
  if (!isFirst) {
    return (
      <EmptyState
        icon={<SearchX />}
        title="No prediction matches"
        text="None of your calls fits all of these filters. Calls disappear from here when the time is over for which their model keeps them."
        action={<LinkButton href="/predictions">Clear filters</LinkButton>}
      />
    );
  }
  return (
    <EmptyState
      icon={<FlaskConical />}
      title="No predictions yet"
      text="Each call of a model is listed here with its inputs, its result and how long it took, as far as the model keeps that."
      action={
        <LinkButton variant="primary" href="/playground">
          Make your first prediction
        </LinkButton>
      }
    />
  );
}
