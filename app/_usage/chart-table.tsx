import type { ChartShape } from "./chart-shape";
import { longTime, timeWords, valueText } from "./usage-words";

/** The numbers of a chart, newest first. */
export function ChartTable({ title, shape }: { title: string; shape: ChartShape }) {
  const { points, series, unit, currency, grain } = shape;
  return (
    <table className="w-full border-collapse">
      <caption className="sr-only">{title}</caption>
      <thead>
        <tr className="sticky top-0 h-8 bg-sunken text-[13px] text-muted">
          <th scope="col" className="px-3 text-left font-medium">
            {timeWords[grain]}
          </th>
          {series.map(({ key, label }) => (
            <th key={key} scope="col" className="px-3 text-right font-medium">
              {label}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {points.toReversed().map(({ at, values }) => (
          <tr key={at} className="h-8 border-t">
            <th scope="row" className="px-3 text-left font-normal">
              {longTime(at, grain)}
            </th>
            {series.map(({ key }) => (
              <td key={key} className="whitespace-nowrap px-3 text-right">
                {valueText(values[key] ?? null, unit, currency)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
