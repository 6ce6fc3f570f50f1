/** What Next wrote beside the error in the log of the server; errors of the browser have none. */
export function errorId(error: unknown): string | undefined {
  const digest = error instanceof Error && "digest" in error ? error.digest : undefined;
  return typeof digest === "string" ? digest : undefined;
}
