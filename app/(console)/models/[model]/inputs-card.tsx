import { Card } from "@/app/_components/card";
import { DataTable, type Column as TableColumn } from "@/app/_components/data-table";
import { allowedText, type Column, kindWords, type ModelRow, titleOf } from "@/app/_model/model-words";
import { TensorTable } from "./tensor-table";

export function InputsCard({ model }: { model: ModelRow }) {
  const { columns } = model.signature;
  if (columns) {
    return (
      <Card isFlush title="What it takes" description="One value for each of these, under its name.">
        <DataTable
          isInside
          caption="Inputs"
          columns={tableColumns(model.example)}
          rows={columns}
          rowKey={({ name }) => name}
        />
      </Card>
    );
  }
  return (
    <Card
      isFlush
      title="What it takes"
      description="Nobody named the inputs of this model, so it takes its tensors: lists of numbers or texts."
    >
      {model.inputs.length > 0 ? (
        <TensorTable caption="Input tensors" tensors={model.inputs} />
      ) : (
        <p className="border-t px-5 py-4 text-muted">A JSON object, passed on as it is.</p>
      )}
    </Card>
  );
}

const tableColumns = (example: ModelRow["example"]): TableColumn<Column>[] => [
  {
    key: "name",
    header: "Input",
    cell: (column) => (
      <>
        <span className="font-medium">{titleOf(column)}</span>
        <code className="block font-mono font-normal text-[13px] text-muted leading-5">{column.name}</code>
        {column.description && (
          <span className="block max-w-prose font-normal text-[13px] text-muted">{column.description}</span>
        )}
        <span className="block font-normal text-[13px] text-muted sm:hidden">{allowedText(column)}</span>
      </>
    ),
  },
  {
    key: "kind",
    header: "Kind",
    hideOnPhone: true,
    className: "whitespace-nowrap",
    cell: ({ kind }) => kindWords[kind],
  },
  {
    key: "allowed",
    header: "Allowed",
    hideOnPhone: true,
    className: "wrap-anywhere",
    cell: allowedText,
  },
  {
    key: "example",
    header: "Example",
    align: "right",
    className: "max-w-40 truncate",
    cell: ({ name }) => <code className="font-mono text-[13px]">{JSON.stringify(example[name])}</code>,
  },
];
