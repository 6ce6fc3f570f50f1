/** Hands the reader a file that was made in the page. */
export function saveText(name: string, text: string, type: string): void {
  const address = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  // Not at once: some browsers begin to read it only after the click was handled.
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
