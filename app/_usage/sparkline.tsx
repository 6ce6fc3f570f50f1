const width = 96;
const height = 24;
const gap = 1;

/** How something went, drawn small, without any script. The words say what it shows. */
export function Sparkline({ values, label }: { values: readonly number[]; label: string }) {
  return (
    <svg role="img" aria-label={label} width={width} height={height} viewBox={`0 0 ${width} ${height}`}>
      <title>{label}</title>
      <path d={`M0 ${height - 0.5}H${width}`} stroke="var(--line-strong)" />
      <path d={barsOf(values)} fill="var(--series-1)" />
    </svg>
  );
}

/** One bar for each value, the tallest as high as the picture; what is not nothing is at least two pixels. */
function barsOf(values: readonly number[]): string {
  const most = Math.max(...values, 1);
  const bar = (width - gap * (values.length - 1)) / Math.max(1, values.length);
  return values
    .map((value, index) => {
      if (value === 0) return "";
      const tall = Math.max(2, (value / most) * height);
      return `M${(index * (bar + gap)).toFixed(2)} ${height}v${-tall.toFixed(2)}h${bar.toFixed(2)}V${height}z`;
    })
    .join("");
}
