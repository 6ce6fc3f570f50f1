import { Card } from "@/app/_components/card";
import { type Column, DataTable } from "@/app/_components/data-table";
import { choiceText, type Field, type ModelRow, rangeText, titleOf } from "@/app/_model/model-words";
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

function ClassesCard({ labels }: { labels: readonly string[] }) {
  return (
    <Card
      title="What it answers"
      description={`One of ${labels.length} classes as label, and how probable it and each of the others is, from 0 to 1.`}
    >
      <ul className="flex max-h-48 flex-wrap gap-1.5 overflow-y-auto">
        {labels.map((label) => (
          <li key={label} className="rounded-md border bg-sunken px-2 py-0.5 wrap-anywhere">
            {label}
          </li>
        ))}
      </ul>
    </Card>
  );
}

const kindWords: Record<Field["kind"], string> = {
  number: "Number",
  boolean: "Yes or no",
  category: "One of a list",
  text: "Text",
};

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
    cell: (field) =>
      [field.categories ? choiceText(field.categories) : rangeText(field), field.unit]
        .filter(Boolean)
        .join(" "),
  },
];
