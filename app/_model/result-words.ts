import { numberText, type Result, titleOf } from "./model-words";

/** "98.2 %"; never rounded to a certainty that is none. */
export function percentText(probability: number): string {
  const percent = probability * 100;
  if (percent > 0 && percent < 0.05) return "< 0.1 %";
  if (percent < 100 && percent >= 99.95) return "> 99.9 %";
  return `${percent.toFixed(1)} %`;
}

type Classes = {
  label: string;
  probability: number | null;
  probabilities: { label: string; probability: number }[];
};

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** `{label, probability, probabilities}`, as far as the model gives them. */
export function readClasses(output: unknown): Classes | null {
  if (!isObject(output) || typeof output.label !== "string") return null;
  const { label, probability, probabilities } = output;
  return {
    label,
    probability: typeof probability === "number" ? probability : null,
    probabilities: isObject(probabilities)
      ? Object.entries(probabilities).flatMap(([label, value]) =>
          typeof value === "number" ? [{ label, probability: value }] : [],
        )
      : [],
  };
}

type Named = { name: string; title: string; value: string; unit: string | null };

/** Named values in the order of the signature. */
export function readFields(result: Extract<Result, { kind: "fields" }>, output: unknown): Named[] | null {
  if (!isObject(output)) return null;
  return result.fields.map((field) => ({
    name: field.name,
    title: titleOf(field),
    value: valueText(output[field.name]),
    unit: field.unit,
  }));
}

function valueText(value: unknown): string {
  if (value === undefined || value === null) return "none";
  if (typeof value === "boolean") return value ? "Yes" : "No";
  if (typeof value === "number") return numberText(value);
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** An answer in a line, for tables and for those who listen. */
export function outputText(result: Result | null, output: unknown): string {
  const classes = result?.kind === "classes" ? readClasses(output) : null;
  if (classes)
    return classes.probability === null
      ? classes.label
      : `${classes.label}, ${percentText(classes.probability)}`;
  const fields = result?.kind === "fields" ? readFields(result, output) : null;
  if (fields)
    return fields
      .map(({ title, value, unit }) => [`${title}:`, value, unit].filter(Boolean).join(" "))
      .join(", ");
  return JSON.stringify(output) ?? "";
}
