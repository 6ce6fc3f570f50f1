import { cn } from "./cn";

/** A Doric doorway, lintel and jambs narrowing upwards, and in it the door of the inner room. */
export function Mark({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 24 24" aria-hidden="true" className={cn("size-6 shrink-0", className)}>
      <path d="M2 2.5h20v2.75H2zM4.4 7.25h15.2l1.6 14.25H17l-.9-11.25H7.9L7 21.5H2.8z" fill="currentColor" />
      <path d="M9.9 12.25h4.2l.8 9.25H9.1z" fill="var(--accent)" />
    </svg>
  );
}
