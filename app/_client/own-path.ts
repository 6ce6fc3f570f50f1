const here = "http://here.invalid";

/**
 * An address inside this app to go to after signing in; null for anything else. The browser's own parser
 * decides, because it also drops line breaks and reads a backslash as a slash.
 */
export function ownPath(value: string | string[] | undefined): string | null {
  if (typeof value !== "string" || !value.startsWith("/") || !URL.canParse(value, here)) return null;
  const { origin, pathname, search, hash } = new URL(value, here);
  // "/.//evil.example" is ours while it is parsed, and somebody else's when the browser gets the rest of it.
  if (origin !== here || pathname.startsWith("//")) return null;
  return `${pathname}${search}${hash}`;
}
