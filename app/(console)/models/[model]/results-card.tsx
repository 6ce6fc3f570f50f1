import { Card } from "@/app/_components/card";
import { type Column, DataTable } from "@/app/_components/data-table";
import {
  choiceText,
  type Field,
  kindWords,
  type ModelRow,
  numericText,
  titleOf,
} from "@/app/_model/model-words";
import { TensorTable } from "./tensor-table";

export function ResultsCard({ model }: { model: ModelRow }) {
  const { result } = model.signature;
  if (result.kind === "classes") return <ClassesCard labels={result.labels} />;
  if (result.kind === "fields") {
    return (
      <Card isFlush title="What it answers" description="These values for each row.">
        <DataTable
          isInside
          caption="Results"
          columns={fieldColumns}
          rows={result.fields}
          rowKey={({ name }) => name}
        />
      </Card>
    );
  }
  return (
    <Card
      isFlush
      title="What it answers"
      description="Nobody named the results of this model, so its values come as they are, as output."
    >
      {model.outputs.length > 0 && <TensorTable caption="Output tensors" tensors={model.outputs} />}
    </Card>
  );
}

/** The rest is in the OpenAPI document. */
const shownMax = 60;

function ClassesCard({ labels }: { labels: readonly string[] }) {
  return (
    <Card
      title="What it answers"
      description={`One of ${labels.length} classes as label, and how probable it and each of the others is, from 0 to 1.`}
    >
      <ul className="flex flex-wrap gap-1.5">
        {labels.slice(0, shownMax).map((label) => (
          <li key={label} className="rounded-md border bg-sunken px-2 py-0.5 wrap-anywhere">
            {label}
          </li>
        ))}
        {labels.length > shownMax && (
          <li className="px-1 py-0.5 text-muted">and {labels.length - shownMax} more</li>
        )}
      </ul>
    </Card>
  );
}

const fieldColumns: Column<Field>[] = [
  {
    key: "name",
    header: "Result",
    cell: (field) => (
      <>
        <span className="font-medium">{titleOf(field)}</span>
        <code className="block font-mono font-normal text-[13px] text-muted leading-5">{field.name}</code>
      </>
    ),
  },
  { key: "kind", header: "Kind", cell: ({ kind }) => kindWords[kind] },
  {
    key: "values",
    header: "Values",
    className: "wrap-anywhere",
    cell: (field) => {
      if (field.categories) return choiceText(field.categories);
      return field.kind === "number" ? numericText(field) : field.kind === "boolean" && "true or false";
    },
  },
];
