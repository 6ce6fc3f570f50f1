import type { TensorSpec } from "./draft";
import { tensorWords } from "./signature-words";

type TensorListProps = { inputs: readonly TensorSpec[]; outputs: readonly TensorSpec[] };

/** What the model itself says of what goes in and comes out. */
export function TensorList({ inputs, outputs }: TensorListProps) {
  return (
    <dl className="grid gap-x-6 gap-y-3 sm:grid-cols-2">
      <Tensors title="Inputs" specs={inputs} />
      <Tensors title="Outputs" specs={outputs} />
    </dl>
  );
}

const Tensors = ({ title, specs }: { title: string; specs: readonly TensorSpec[] }) => (
  <div className="min-w-0">
    <dt className="text-[13px] text-muted">{title}</dt>
    {specs.map((spec) => (
      <dd key={spec.name} className="mt-1 wrap-anywhere">
        <code className="font-mono text-[13px]">{spec.name}</code>{" "}
        <span className="text-muted">{tensorWords(spec)}</span>
      </dd>
    ))}
  </div>
);
