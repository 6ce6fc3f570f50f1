import { Boxes, SearchX } from "lucide-react";
import { LinkButton } from "@/app/_components/button";
import { EmptyState } from "@/app/_components/empty-state";
import type { ModelQuery } from "@/lib/models/schema";

type NoModelsProps = { query: ModelQuery; firstHref: string | undefined };

export function NoModels({ query, firstHref }: NoModelsProps) {
  if (!query.q && !firstHref) {
    return (
      <EmptyState
        icon={<Boxes />}
        title="No models yet"
        text="A model turns inputs into a prediction. Bring an .onnx file or the address of a service; people get a form, programs get an API, and both are limited and recorded."
        action={
          <LinkButton href="/admin/models/new" variant="primary">
            Add a model
          </LinkButton>
        }
      />
    );
  }
  return (
    <EmptyState
      icon={<SearchX />}
      title={query.q ? "No model matches" : "No model on this page"}
      text={
        query.q
          ? "Every word has to be in the name, the title or the description."
          : "There are no more models after the ones before."
      }
      action={
        <>
          {firstHref && <LinkButton href={firstHref}>First page</LinkButton>}
          {query.q && <LinkButton href="/admin/models">Clear search</LinkButton>}
        </>
      }
    />
  );
}
