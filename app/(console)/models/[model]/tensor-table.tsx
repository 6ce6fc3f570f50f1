import { type Column, DataTable } from "@/app/_components/data-table";
import { Explain } from "@/app/_components/explain";
import type { ModelRow } from "@/app/_model/model-words";

type Tensor = ModelRow["inputs"][number];

const columns: Column<Tensor>[] = [
  { key: "name", header: "Name", cell: ({ name }) => <code className="font-mono text-[13px]">{name}</code> },
  { key: "type", header: "Type", cell: ({ datatype }) => datatype },
  {
    key: "shape",
    header: (
      <Explain text="How many values there are in each direction; the first is mostly the number of rows.">
        Shape
      </Explain>
    ),
    cell: ({ shape }) => (shape.length === 0 ? "one value" : shape.map(sizeText).join(" × ")),
  },
];

const sizeText = (size: number): string => (size === -1 ? "any" : String(size));

type TensorTableProps = { caption: string; tensors: readonly Tensor[] };

export function TensorTable({ caption, tensors }: TensorTableProps) {
  return (
    <DataTable isInside caption={caption} columns={columns} rows={tensors} rowKey={({ name }) => name} />
  );
}
