import { useId } from "react";
import type { Look } from "./chart-shape";

/** What a series looks like, small, for legends. */
export function Swatch({ look }: { look: Look }) {
  const id = useId();
  if (look === "line" || look === "dashed") {
    return (
      <svg aria-hidden="true" viewBox="0 0 16 10" className="h-2.5 w-4 shrink-0">
        <line
          x1="0"
          y1="5"
          x2="16"
          y2="5"
          strokeWidth="2"
          stroke={look === "line" ? "var(--series-1)" : "var(--series-2)"}
          strokeDasharray={look === "dashed" ? "4 3" : undefined}
        />
      </svg>
    );
  }
  return (
    <svg aria-hidden="true" viewBox="0 0 10 10" className="size-2.5 shrink-0 rounded-xs">
      {look === "hatched" && (
        <pattern id={id} width="4" height="4" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <rect width="4" height="4" fill="var(--danger-soft)" />
          <rect width="2" height="4" fill="var(--danger)" />
        </pattern>
      )}
      <rect
        width="10"
        height="10"
        fill={look === "hatched" ? `url(#${id})` : look === "second" ? "var(--series-2)" : "var(--series-1)"}
      />
    </svg>
  );
}
