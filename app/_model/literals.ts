type Words = { null: string; true: string; false: string };

const json: Words = { null: "null", true: "true", false: "false" };
const python: Words = { null: "None", true: "True", false: "False" };

const snippetWidth = 68;
/** Of what stands in half a page. */
const columnWidth = 44;

type Style = Words & { width: number };

/**
 * A JSON value as source text: on one line where it fits, else indented. The strings of JSON mean the same in
 * JavaScript and in Python.
 */
function literal(value: unknown, style: Style, indent: string): string {
  if (value === null || typeof value === "boolean") return style[`${value}`];
  if (typeof value !== "object") return JSON.stringify(value) ?? style.null;
  const parts = Array.isArray(value)
    ? value.map((item) => ({ key: "", item }))
    : Object.entries(value).map(([key, item]) => ({ key: `${JSON.stringify(key)}: `, item }));
  const [open, close] = Array.isArray(value) ? ["[", "]"] : ["{", "}"];
  const line = `${open}${parts.map(({ key, item }) => key + literal(item, style, "")).join(", ")}${close}`;
  if (!line.includes("\n") && indent.length + line.length <= style.width) return line;
  const inner = `${indent}  `;
  const lines = parts.map(({ key, item }) => `${inner}${key}${literal(item, style, inner)}`);
  return `${open}\n${lines.join(",\n")}\n${indent}${close}`;
}

export const jsonLiteral = (value: unknown, indent = ""): string =>
  literal(value, { ...json, width: snippetWidth }, indent);
export const pythonLiteral = (value: unknown, indent = ""): string =>
  literal(value, { ...python, width: snippetWidth }, indent);

/** JSON to read: short lists and objects stay on one line. */
export const jsonText = (value: unknown): string => literal(value, { ...json, width: columnWidth }, "");

/** One word of a POSIX shell, whatever is in it. */
export const shellWord = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;
