import { emptyData, type Tensor, type TensorData, type TensorSpec } from "../domain";

/** What decides whether calls can share one run: their tensors and the outputs they want. */
export type Shareable = { inputs: readonly Tensor[]; outputs: readonly string[] | undefined; rows: number };

/** Whether a model takes and gives a row for each row: then rows of several calls can go through it together. */
export const hasFreeRows = (inputs: readonly TensorSpec[], outputs: readonly TensorSpec[]): boolean =>
  inputs.length > 0 && [...inputs, ...outputs].every(({ shape }) => shape[0] === -1);

/** How many rows a call has; 0 when its tensors differ in that, so that it has to run by itself. */
export function rowsOf(inputs: readonly Tensor[]): number {
  const rows = inputs[0]?.shape[0] ?? 0;
  for (const { shape } of inputs) if (shape[0] !== rows) return 0;
  return rows;
}

/** Rows fit below each other when everything but their number is the same. */
export function canShare(one: Shareable, other: Shareable): boolean {
  if (one.rows === 0 || other.rows === 0 || one.inputs.length !== other.inputs.length) return false;
  return (
    sameOutputs(one.outputs, other.outputs) && one.inputs.every((input, i) => sameRow(input, other.inputs[i]))
  );
}

function sameRow(one: Tensor, other: Tensor | undefined): boolean {
  if (one.name !== other?.name || one.datatype !== other.datatype || one.shape.length !== other.shape.length)
    return false;
  for (let i = 1; i < one.shape.length; i += 1) if (one.shape[i] !== other.shape[i]) return false;
  return true;
}

const sameOutputs = (one: readonly string[] | undefined, other: readonly string[] | undefined): boolean =>
  one === other || (one?.length === other?.length && one?.join("\0") === other?.join("\0"));

/** The inputs of all calls, row below row. */
export function joinInputs(calls: readonly Shareable[]): readonly Tensor[] {
  const [first] = calls;
  if (!first || calls.length === 1) return first?.inputs ?? [];
  const rows = calls.reduce((sum, call) => sum + call.rows, 0);
  return first.inputs.map(({ name, datatype, shape }, index) => {
    const parts = calls.map(({ inputs }) => inputs[index]?.data ?? []);
    const length = parts.reduce((sum, part) => sum + part.length, 0);
    return {
      name,
      datatype,
      shape: [rows, ...shape.slice(1)],
      data: joined(parts, emptyData(datatype, length)),
    };
  });
}

function joined(parts: readonly TensorData[], whole: TensorData): TensorData {
  if (Array.isArray(whole)) return (parts as string[][]).flat();
  let at = 0;
  for (const part of parts) {
    // All of them are of one datatype, hence of one kind of array.
    (whole as Float32Array).set(part as Float32Array, at);
    at += part.length;
  }
  return whole;
}

/** To each call the rows that are its own; null when the model did not answer a row for each row. */
export function splitOutputs(outputs: readonly Tensor[], calls: readonly Shareable[]): Tensor[][] | null {
  const rows = calls.reduce((sum, call) => sum + call.rows, 0);
  if (outputs.some(({ shape }) => shape[0] !== rows)) return null;
  let from = 0;
  return calls.map((call) => {
    const to = from + call.rows;
    const own = outputs.map(({ name, datatype, shape, data }) => {
      const width = data.length / rows;
      const values = Array.isArray(data)
        ? data.slice(from * width, to * width)
        : data.subarray(from * width, to * width);
      return { name, datatype, shape: [call.rows, ...shape.slice(1)], data: values };
    });
    from = to;
    return own;
  });
}
