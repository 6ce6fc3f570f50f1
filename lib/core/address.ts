/** `::ffff:192.0.2.1` is the IPv4 client 192.0.2.1, whichever way the socket spells it. */
export const plainAddress = (address: string): string =>
  address.replace(/^::ffff:(?=\d+\.\d+\.\d+\.\d+$)/i, "");

/**
 * What limits count by: an IPv4 address, or the /64 of an IPv6 address, because one customer owns a whole /64
 * and could otherwise use a new address for every attempt.
 */
export function addressBucket(address: string): string {
  const plain = plainAddress(address.toLowerCase().replace(/%.*$/, ""));
  if (!plain.includes(":")) return plain;
  const [left = "", right] = plain.split("::");
  const head = left === "" ? [] : left.split(":");
  const tail = right === undefined || right === "" ? [] : right.split(":");
  const groups =
    right === undefined
      ? head
      : [...head, ...Array(Math.max(0, 8 - head.length - tail.length)).fill("0"), ...tail];
  const network = groups.slice(0, 4).map((group) => Number.parseInt(group || "0", 16).toString(16));
  return `${network.join(":")}::/64`;
}
