import type { Row } from "../../models/domain/encode-rows";
import type { Gathering } from "./gather-rows";

const lineLengthMax = 1024 * 1024;
const depthMax = 64;

/** A JSON object per line; empty lines are passed over. */
export async function readJsonLines(texts: AsyncIterable<string>, gathering: Gathering): Promise<void> {
  let rest = "";
  for await (const text of texts) {
    const lines = (rest + text).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) {
      takeLine(line, gathering);
      await gathering.breathe();
    }
    if (rest.length > lineLengthMax) {
      gathering.refuse("This line is too long.", `Send at most ${lineLengthMax} characters in a line.`);
      return;
    }
  }
  takeLine(rest, gathering);
}

function takeLine(line: string, gathering: Gathering): void {
  if (line.trim() === "") return;
  const row = objectOf(line);
  if (row === undefined)
    gathering.refuse("This line is no JSON object.", 'Write {"column": value, ...} on it.');
  else if (isHarmful(row, 0)) gathering.refuse("This row cannot be accepted.", "Send a plain, flat object.");
  else gathering.take(row);
}

function objectOf(line: string): Row | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return value !== null && typeof value === "object" && !Array.isArray(value) ? (value as Row) : undefined;
  } catch {
    return undefined;
  }
}

/** Too deep to be meant, or named to reach an object's prototype. */
function isHarmful(value: unknown, depth: number): boolean {
  if (value === null || typeof value !== "object") return false;
  if (depth > depthMax || Object.hasOwn(value, "__proto__")) return true;
  return Object.values(value).some((member) => isHarmful(member, depth + 1));
}
