import { AppError, type Fault } from "../core/errors";
import { type Datatype, datatypes, type Tensor } from "../runners/domain";
import { readData, readShape } from "./oip-tensor";
import { escapePointer } from "./problem";

export type InferRequest = {
  /** The caller's own name for the request, given back as it came. */
  id: string | undefined;
  inputs: Tensor[];
  /** The names of the outputs that are wanted; undefined: all. */
  outputs: string[] | undefined;
  /** The caller's own bound. */
  timeoutMs: number | undefined;
};

type Members = Record<string, unknown>;

/** `model_name` and `model_version` are no members of the standard, but KServe's client sends them along. */
const members = {
  request: ["id", "parameters", "inputs", "outputs", "model_name", "model_version"],
  input: ["name", "shape", "datatype", "parameters", "data"],
  output: ["name", "parameters"],
};

/** Each of them says that the values are not in the JSON, where alone they are looked for. */
const elsewhere = ["binary_data_size", "shared_memory_region"];

/** More than any model has, and more than anybody reads. */
const tensorsMax = 1_000;
const faultsMax = 100;

/** What the body of an `infer` call asks for, or one error that lists everything that is wrong with it. */
export function readInferRequest(body: unknown): InferRequest {
  const read = new Reader();
  const request = readWith(read, body);
  const { faults } = read;
  const [first] = faults;
  if (!first) return request;
  const detail = `${first.pointer || "The body"}: ${first.message} ${first.fix}`;
  throw new AppError("request.invalid", { detail, faults });
}

function readWith(read: Reader, body: unknown): InferRequest {
  const request = read.object(body, "", members.request);
  if (!request) return nothing;
  const { timeout } = read.parameters(request.parameters, "/parameters");
  const id = isAbsent(request.id) ? undefined : read.text(request.id, "/id");
  const inputs = read
    .list(request.inputs, "/inputs")
    .map((input, index) => read.input(input, `/inputs/${index}`));
  const outputs = isAbsent(request.outputs) ? [] : read.list(request.outputs, "/outputs");
  const names = outputs.map((output, index) => read.output(output, `/outputs/${index}`));
  return {
    id,
    inputs: inputs.filter((input) => input !== null),
    outputs: names.length === 0 ? undefined : [...new Set(names)],
    timeoutMs: read.timeout(timeout),
  };
}

/** Of a body that is no request at all; the fault is told. */
const nothing: InferRequest = { id: undefined, inputs: [], outputs: undefined, timeoutMs: undefined };

/** Clients made from classes write null for what they leave out. */
const isAbsent = (value: unknown): value is null | undefined => value === undefined || value === null;

/** Reads on after a fault, so that one answer names them all. */
class Reader {
  readonly faults: Fault[] = [];

  private readonly fault = (pointer: string, message: string, fix: string): void => {
    if (this.faults.length < faultsMax) this.faults.push({ pointer, message, fix });
  };

  object(value: unknown, pointer: string, known: readonly string[]): Members | null {
    if (value === null || typeof value !== "object" || Array.isArray(value)) {
      this.fault(pointer, "This is not an object.", `Send an object with ${known.slice(0, 5).join(", ")}.`);
      return null;
    }
    for (const name in value)
      if (!known.includes(name))
        this.fault(
          `${pointer}/${escapePointer(name)}`,
          "This member is not known here.",
          "Remove it, or check its spelling.",
        );
    return value as Members;
  }

  list(value: unknown, pointer: string): unknown[] {
    if (Array.isArray(value) && value.length <= tensorsMax) return value;
    const message = Array.isArray(value)
      ? "There are more tensors than any model has."
      : "This is missing or not a list.";
    this.fault(pointer, message, "Send a list of objects, one for each tensor.");
    return [];
  }

  text(value: unknown, pointer: string): string {
    if (typeof value === "string") return value;
    this.fault(pointer, "This is missing or not text.", "Send text in quotes.");
    return "";
  }

  input(value: unknown, pointer: string): Tensor | null {
    const before = this.faults.length;
    const input = this.object(value, pointer, members.input);
    if (!input) return null;
    const name = this.text(input.name, `${pointer}/name`);
    const parameters = this.parameters(input.parameters, `${pointer}/parameters`);
    const other = elsewhere.find((parameter) => Object.hasOwn(parameters, parameter));
    if (other !== undefined)
      this.fault(
        `${pointer}/parameters/${other}`,
        "Binary data and shared memory are not offered here.",
        "Send the values as JSON in data (tritonclient: set_data_from_numpy(..., binary_data=False)).",
      );
    const datatype = this.datatype(input.datatype, `${pointer}/datatype`);
    const shape = readShape(input.shape, `${pointer}/shape`, this.fault);
    if (datatype === null || shape === null || this.faults.length > before) return null;
    const data = readData(input.data, { datatype, shape }, `${pointer}/data`, this.fault);
    return data && { name, datatype, shape, data };
  }

  output(value: unknown, pointer: string): string {
    const output = this.object(value, pointer, members.output);
    if (!output) return "";
    this.parameters(output.parameters, `${pointer}/parameters`);
    return this.text(output.name, `${pointer}/name`);
  }

  /** What is not known here is let pass: the standard leaves parameters to each server. */
  parameters(value: unknown, pointer: string): Members {
    if (isAbsent(value)) return {};
    const fix = "Each parameter is text, a number, true or false.";
    if (typeof value !== "object" || Array.isArray(value)) {
      this.fault(pointer, "parameters is not an object.", fix);
      return {};
    }
    for (const [name, one] of Object.entries(value))
      if (!["string", "number", "bigint", "boolean"].includes(typeof one))
        this.fault(`${pointer}/${escapePointer(name)}`, "This is not the value of a parameter.", fix);
    return value as Members;
  }

  /** In microseconds, as Triton has it; 0 stands for none. */
  timeout(value: unknown): number | undefined {
    if (value === undefined || value === 0) return undefined;
    if (typeof value === "bigint" && value > 0n) return undefined;
    if (typeof value === "number" && Number.isInteger(value) && value > 0) return Math.ceil(value / 1_000);
    this.fault(
      "/parameters/timeout",
      "timeout is not a number of microseconds.",
      "Send a whole number, such as 500000 for half a second.",
    );
    return undefined;
  }

  private datatype(value: unknown, pointer: string): Datatype | null {
    if (datatypes.includes(value as Datatype)) return value as Datatype;
    this.fault(pointer, "This is not a datatype of the protocol.", `One of: ${datatypes.join(", ")}.`);
    return null;
  }
}
