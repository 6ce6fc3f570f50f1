/**
 * The seconds that a caller wants to wait, of `Prefer: wait=10` (RFC 7240); null when it names none that makes sense.
 * Preferences are wishes: what is not understood, or not offered, is left out and not refused. The first one counts.
 */
export function preferredWait(headers: Pick<Headers, "get">): number | null {
  const header = headers.get("prefer");
  if (header === null) return null;
  for (const preference of header.split(",")) {
    const [token = ""] = preference.split(";", 1);
    const [, value] = /^\s*wait\s*=\s*"?(\d{1,9})"?\s*$/i.exec(token) ?? [];
    if (value !== undefined) return Number(value) > 0 ? Number(value) : null;
  }
  return null;
}
