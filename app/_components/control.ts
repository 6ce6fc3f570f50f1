/** The look shared by input, textarea and select. 16 px on phones, or iOS zooms into the field. */
export const controlClass = [
  "w-full rounded-md border border-edge bg-surface px-3 text-base text-ink transition-colors sm:text-sm",
  "hover:border-muted focus-visible:border-accent focus-visible:outline-offset-0",
  "aria-invalid:border-danger aria-invalid:focus-visible:outline-danger",
  "disabled:cursor-not-allowed disabled:border-line-strong disabled:bg-sunken disabled:text-muted",
  "read-only:not-[select]:bg-sunken",
].join(" ");
