import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { onnxModel } from "../../lib/testing/onnx";
import { type IrisRow, measurements, readIris, species } from "./iris";
import { accuracy, crossValidated, train, type Weights } from "./train";

const folder = path.join(process.cwd(), "scripts/starter-model");
export const starterFile = path.join(folder, "iris.onnx");
export const readFlowers = (): IrisRow[] => readIris(path.join(folder, "iris.csv"));

/** One product, one sum and a softmax: the whole model. */
export function starterModel({ weights, bias }: Weights): Uint8Array {
  const rows = "rows";
  return onnxModel({
    inputs: [{ name: "measurements", datatype: "FP32", shape: [rows, measurements.length] }],
    outputs: [
      { name: "species", datatype: "INT64", shape: [rows] },
      { name: "probabilities", datatype: "FP32", shape: [rows, species.length] },
    ],
    initializers: [
      {
        name: "weights",
        datatype: "FP32",
        shape: [measurements.length, species.length],
        values: measurements.flatMap((_, column) => weights.map((row) => row[column] ?? 0)),
      },
      { name: "bias", datatype: "FP32", shape: [species.length], values: bias },
    ],
    nodes: [
      { op: "MatMul", inputs: ["measurements", "weights"], outputs: ["product"] },
      { op: "Add", inputs: ["product", "bias"], outputs: ["scores"] },
      { op: "Softmax", inputs: ["scores"], outputs: ["probabilities"], attributes: { axis: { int: 1 } } },
      {
        op: "ArgMax",
        inputs: ["scores"],
        outputs: ["species"],
        attributes: { axis: { int: 1 }, keepdims: { int: 0 } },
      },
    ],
  });
}

/** `npm run starter-model`: trains on the flowers beside it and writes the file that the first start installs. */
export function writeStarterModel(): void {
  const flowers = readFlowers();
  const model = train(flowers);
  const file = starterModel(model);
  const isSame = Buffer.from(file).equals(readFileSync(starterFile, { flag: "a+" }));
  writeFileSync(starterFile, file);
  const percent = (share: number) => `${(share * 100).toFixed(1)} %`;
  console.log(
    `${path.relative(process.cwd(), starterFile)}: ${file.length} bytes, ${isSame ? "unchanged" : "new"}`,
  );
  console.log(
    `right on the ${flowers.length} flowers it was trained on: ${percent(accuracy(model, flowers))}`,
  );
  console.log(
    `right on flowers it has not seen (ten times nine tenths): ${percent(crossValidated(flowers))}`,
  );
}
