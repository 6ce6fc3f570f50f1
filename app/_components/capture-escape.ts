/** Escape closes only this, not the dialog around it: Radix listens on the document, so the window is earlier. */
export function captureEscape(onEscape: () => void): () => void {
  function onKeyDown(event: KeyboardEvent) {
    if (event.key !== "Escape") return;
    event.preventDefault();
    event.stopPropagation();
    onEscape();
  }
  window.addEventListener("keydown", onKeyDown, true);
  return () => window.removeEventListener("keydown", onKeyDown, true);
}
