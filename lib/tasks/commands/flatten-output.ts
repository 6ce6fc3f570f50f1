/** A column of the file for each value of an output: `probabilities.setosa`. Lists stay together, as JSON. */
export function flatten(output: unknown): Map<string, unknown> {
  const values = new Map<string, unknown>();
  const add = (name: string, value: unknown, depth: number): void => {
    const isNested = value !== null && typeof value === "object" && !Array.isArray(value) && depth < depthMax;
    if (!isNested) values.set(name === "" ? "output" : name, value);
    else
      for (const [member, inner] of Object.entries(value))
        add(name === "" ? member : `${name}.${member}`, inner, depth + 1);
  };
  add("", output, 0);
  return values;
}

const depthMax = 8;

/** What spreadsheets would take for a formula, and run. */
const formulaStart = /^[=+\-@\t\r]/;

/** Text that begins like a formula gets an apostrophe in front; numbers stay as they are. */
export function csvCell(value: unknown): string {
  if (value === null || value === undefined) return "";
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  const text = typeof value === "string" ? value : JSON.stringify(value);
  const safe = formulaStart.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

export const csvLine = (values: readonly unknown[]): string => `${values.map(csvCell).join(",")}\r\n`;
