/**
 * JSON whose whole numbers keep every digit. JavaScript's own reader rounds beyond 2^53, where an INT64 goes on.
 */

/** Stands for a long number while JSON is read or written. Nobody can guess it, so no text of others holds it. */
const mark = `${crypto.randomUUID()}:`;
const marked = new RegExp(`"${mark}(-?\\d+)"`, "g");

/** Fewer digits always fit a number; more than 20 fit no integer type, and stay what JSON.parse makes of them. */
const quoteOrLongInteger = /"|(?<![\w.+-])-?[1-9]\d{15,19}(?![\d.eE])/g;

/** Where the string that begins at `start` ends: after its closing quote, which JSON that was read has. */
function endOfString(text: string, start: number): number {
  let quote = text.indexOf('"', start + 1);
  while (isEscaped(text, quote)) quote = text.indexOf('"', quote + 1);
  return quote + 1;
}

function isEscaped(text: string, index: number): boolean {
  let first = index;
  while (text[first - 1] === "\\") first -= 1;
  return (index - first) % 2 === 1;
}

function markLongIntegers(text: string): string {
  const parts: string[] = [];
  let done = 0;
  const pattern = new RegExp(quoteOrLongInteger);
  for (let hit = pattern.exec(text); hit !== null; hit = pattern.exec(text)) {
    const [found] = hit;
    if (found === '"') pattern.lastIndex = endOfString(text, hit.index);
    else if (!Number.isSafeInteger(Number(found))) {
      parts.push(text.slice(done, hit.index), `"${mark}${found}"`);
      done = hit.index + found.length;
    }
  }
  parts.push(text.slice(done));
  return parts.join("");
}

/** Without recursion: JSON.parse reads any depth, and so must this. */
function restoreLongIntegers(root: unknown): unknown {
  const holder = [root];
  const open: object[] = [holder];
  const restore = (container: Record<string | number, unknown>, key: string | number) => {
    const value = container[key];
    if (typeof value === "string") {
      if (value.startsWith(mark)) container[key] = BigInt(value.slice(mark.length));
    } else if (value !== null && typeof value === "object") open.push(value);
  };
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const container = next as Record<string | number, unknown>;
    if (Array.isArray(next)) for (let index = 0; index < next.length; index += 1) restore(container, index);
    else for (const key of Object.keys(next)) restore(container, key);
  }
  return holder[0];
}

/**
 * As JSON.parse, and throws as it does, but whole numbers that a `number` cannot hold exactly become a `bigint`.
 * Only a text with long numbers costs more.
 */
export function parseBigJson(text: string): unknown {
  // First as it came: what is no JSON must not become JSON by the marks.
  const value: unknown = JSON.parse(text);
  return /\d{16}/.test(text) ? restoreLongIntegers(JSON.parse(markLongIntegers(text))) : value;
}

/** As JSON.stringify, with a `bigint` as its digits and the values of a typed array as a list. */
export function writeBigJson(value: unknown): string {
  let hasBig = false;
  const text = JSON.stringify(value, (_key, member: unknown) => {
    if (typeof member === "bigint") {
      hasBig = true;
      return `${mark}${member}`;
    }
    return ArrayBuffer.isView(member) ? Array.from(member as unknown as ArrayLike<number | bigint>) : member;
  });
  return hasBig ? text.replace(marked, "$1") : text;
}
