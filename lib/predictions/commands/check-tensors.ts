import { AppError, type Fault } from "../../core/errors";
import { countOf, type Tensor, type TensorSpec } from "../../runners/domain";

export type AskedTensors = { inputs: readonly Tensor[]; outputs?: readonly string[] | undefined };
type Specs = { inputs: readonly TensorSpec[]; outputs: readonly TensorSpec[] };

const named = (list: readonly { name: string }[]): string => list.map(({ name }) => name).join(", ");
const shapeWords = (shape: readonly number[]): string =>
  `[${shape.map((size) => (size === -1 ? "any" : size)).join(", ")}]`;

/** Does what is asked fit the model's tensors? Answers how many rows it is, or throws with a pointer per fault. */
export function checkTensors(asked: AskedTensors, specs: Specs, rowsMax: number): number {
  const faults = [...inputFaults(asked.inputs, specs.inputs, rowsMax), ...outputFaults(asked, specs)];
  const [first] = faults;
  if (first)
    throw new AppError("request.invalid", {
      detail: `${first.pointer}: ${first.message} ${first.fix}`,
      faults,
    });
  return asked.inputs.reduce((rows, input) => Math.max(rows, rowsOf(input, specOf(input, specs.inputs))), 1);
}

const specOf = ({ name }: Tensor, specs: readonly TensorSpec[]): TensorSpec | undefined =>
  specs.find((spec) => spec.name === name);

const rowsOf = ({ shape }: Tensor, spec: TensorSpec | undefined): number =>
  spec?.shape[0] === -1 ? (shape[0] ?? 1) : 1;

function inputFaults(inputs: readonly Tensor[], specs: readonly TensorSpec[], rowsMax: number): Fault[] {
  const missing = specs.filter(({ name }) => !inputs.some((input) => input.name === name));
  return [
    ...missing.map(({ name }) => ({
      pointer: "/inputs",
      message: `The input ${name} is missing.`,
      fix: `Send all inputs of the model: ${named(specs)}.`,
    })),
    ...inputs.flatMap((input, index): Fault[] => {
      const at = `/inputs/${index}`;
      const spec = specOf(input, specs);
      if (!spec)
        return [
          {
            pointer: `${at}/name`,
            message: "The model has no such input.",
            fix: `One of: ${named(specs)}.`,
          },
        ];
      if (inputs.findIndex(({ name }) => name === input.name) < index)
        return [
          {
            pointer: `${at}/name`,
            message: `The input ${spec.name} was sent twice.`,
            fix: "Send it once.",
          },
        ];
      return [...typeFaults(input, spec, at), ...shapeFaults(input, spec, at, rowsMax)];
    }),
  ];
}

const typeFaults = ({ datatype }: Tensor, spec: TensorSpec, at: string): Fault[] =>
  datatype === spec.datatype
    ? []
    : [
        {
          pointer: `${at}/datatype`,
          message: `The input ${spec.name} is ${spec.datatype}.`,
          fix: `Send the datatype ${spec.datatype}.`,
        },
      ];

function shapeFaults({ shape, data }: Tensor, spec: TensorSpec, at: string, rowsMax: number): Fault[] {
  const pointer = `${at}/shape`;
  const fits =
    shape.length === spec.shape.length &&
    spec.shape.every((size, axis) => size === -1 || size === shape[axis]);
  if (!fits)
    return [
      {
        pointer,
        message: `The shape ${shapeWords(shape)} does not fit.`,
        fix: `The input ${spec.name} has the shape ${shapeWords(spec.shape)}.`,
      },
    ];
  if (countOf(shape) !== data.length)
    return [
      {
        pointer: `${at}/data`,
        message: `The shape has room for ${countOf(shape)} values, and there are ${data.length}.`,
        fix: "Send as many values as the shape says.",
      },
    ];
  const rows = spec.shape[0] === -1 ? (shape[0] ?? 1) : 1;
  if (rows >= 1 && rows <= rowsMax) return [];
  return [
    {
      pointer,
      message: `These are ${rows} rows, and this model takes 1 to ${rowsMax} at once.`,
      fix: rows === 0 ? "Send at least one row." : `Send at most ${rowsMax} rows per call.`,
    },
  ];
}

const outputFaults = ({ outputs = [] }: AskedTensors, specs: Specs): Fault[] =>
  outputs.flatMap((name, index) =>
    specs.outputs.some((spec) => spec.name === name)
      ? []
      : [
          {
            pointer: `/outputs/${index}/name`,
            message: "The model has no such output.",
            fix: `One of: ${named(specs.outputs)}.`,
          },
        ],
  );
