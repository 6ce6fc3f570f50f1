import { readFileSync } from "node:fs";

export const measurements = ["sepal_length", "sepal_width", "petal_length", "petal_width"] as const;
export const species = ["setosa", "versicolor", "virginica"] as const;

/** One flower: its four measurements in centimetres, and the position of its species in `species`. */
export type IrisRow = { values: number[]; label: number };

/** Fisher's 150 flowers (1936), with the two rows right that many copies have wrong (the 35th and the 38th). */
export function readIris(file: string): IrisRow[] {
  const [header, ...lines] = readFileSync(file, "utf8").trim().split("\n");
  if (header !== [...measurements, "species"].join(",")) throw new Error(`${file} has other columns.`);
  return lines.map((line) => {
    const parts = line.split(",");
    const label = species.indexOf(parts.pop() as (typeof species)[number]);
    const values = parts.map(Number);
    if (label < 0 || values.length !== measurements.length || !values.every(Number.isFinite))
      throw new Error(`${file} has a line that cannot be read: ${line}`);
    return { values, label };
  });
}
