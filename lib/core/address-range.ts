/** A network as its bytes (4 or 16) and how many of its leading bits count. */
type Range = { bytes: readonly number[]; bits: number };

/** `::ffff:192.0.2.1` is the IPv4 address 192.0.2.1: its last four bytes are what counts. */
const mappedBits = 96;

/** Without leading zeros: some programs read 010 as eight. */
const decimalByte = "(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
const ipv4 = new RegExp(`^${Array(4).fill(decimalByte).join("\\.")}$`);

const readIpv4 = (text: string): number[] | null => ipv4.exec(text)?.slice(1).map(Number) ?? null;

function readIpv6(text: string): number[] | null {
  // The URL parser knows every spelling and writes the canonical one; it may see address characters only.
  const url = `http://[${text}]/`;
  if (!/^[0-9a-f:.]+$/i.test(text) || !URL.canParse(url)) return null;
  const [left = "", right = ""] = new URL(url).hostname.slice(1, -1).split("::");
  const head = left === "" ? [] : left.split(":");
  const tail = right === "" ? [] : right.split(":");
  const groups = [...head, ...Array<string>(8 - head.length - tail.length).fill("0"), ...tail];
  return groups.flatMap((group) => {
    const value = Number.parseInt(group, 16);
    return [value >> 8, value & 255];
  });
}

const isMapped = (bytes: readonly number[]): boolean =>
  bytes.length === 16 && bytes.every((byte, index) => index >= 12 || byte === (index < 10 ? 0 : 255));

function readRange(text: string): Range | null {
  const [, address = "", suffix] = /^([^/]+)(?:\/(0|[1-9]\d{0,2}))?$/.exec(text) ?? [];
  const bytes = readIpv4(address) ?? readIpv6(address);
  if (!bytes) return null;
  const length = bytes.length * 8;
  const bits = suffix === undefined ? length : Number(suffix);
  if (bits > length) return null;
  const isIpv4 = isMapped(bytes) && bits >= mappedBits;
  const range = isIpv4 ? { bytes: bytes.slice(12), bits: bits - mappedBits } : { bytes, bits };
  return { bits: range.bits, bytes: range.bytes.map((byte, index) => byte & maskOf(range.bits, index)) };
}

/** Which bits of the byte at `index` belong to the network. */
const maskOf = (bits: number, index: number): number =>
  255 & ~(255 >> Math.min(8, Math.max(0, bits - index * 8)));

const isWithin = (inner: Range, outer: Range): boolean =>
  inner.bytes.length === outer.bytes.length &&
  inner.bits >= outer.bits &&
  outer.bytes.every((byte, index) => ((inner.bytes[index] ?? 0) & maskOf(outer.bits, index)) === byte);

function addressText(bytes: readonly number[]): string {
  if (bytes.length === 4) return bytes.join(".");
  const groups = Array.from({ length: 8 }, (_, index) =>
    (((bytes[index * 2] ?? 0) << 8) | (bytes[index * 2 + 1] ?? 0)).toString(16),
  );
  return new URL(`http://[${groups.join(":")}]/`).hostname.slice(1, -1);
}

/**
 * The one spelling of an address or prefix; null when it is neither. Bits beyond the prefix are cleared, so what
 * is shown is what is meant: 10.1.2.3/8 is 10.0.0.0/8.
 */
export function canonicalRange(text: string): string | null {
  const range = readRange(text);
  if (!range) return null;
  const address = addressText(range.bytes);
  return range.bits === range.bytes.length * 8 ? address : `${address}/${range.bits}`;
}

const readAll = (texts: readonly string[]): Range[] => texts.map(readRange).filter((range) => range !== null);

/** Is this address in one of them? Whatever cannot be read is in none and holds nothing. */
export function isInRanges(address: string, ranges: readonly string[]): boolean {
  const plain = address.replace(/%.*$/, "");
  return !plain.includes("/") && areRangesWithin([plain], ranges);
}

/** Does every range of `inner` lie in one of `outer`? Two halves that make one whole are not put together. */
export function areRangesWithin(inner: readonly string[], outer: readonly string[]): boolean {
  const known = readAll(outer);
  return inner.every((text) => {
    const range = readRange(text);
    return range !== null && known.some((candidate) => isWithin(range, candidate));
  });
}
