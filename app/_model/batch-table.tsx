import type { Result } from "./model-words";
import { outputText } from "./result-words";

type BatchTableProps = { result: Result; outputs: readonly unknown[] };

const shownMax = 100;

/** Several rows at once: one line each. */
export function BatchTable({ result, outputs }: BatchTableProps) {
  return (
    <div className="space-y-2">
      {/* Focusable, so that it scrolls with the keyboard. */}
      <section
        aria-label="Result of each row"
        tabIndex={0}
        className="max-h-96 overflow-auto rounded-md border focus-visible:-outline-offset-2"
      >
        <table className="w-full border-collapse">
          <caption className="sr-only">Result of each row</caption>
          <thead>
            <tr className="h-8 bg-sunken text-left text-[13px] text-muted">
              <th scope="col" className="w-14 px-3 font-medium">
                Row
              </th>
              <th scope="col" className="px-3 font-medium">
                Result
              </th>
            </tr>
          </thead>
          <tbody>
            {outputs.slice(0, shownMax).map((output, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: rows have no other name than their place.
              <tr key={index} className="h-8 border-t">
                <td className="px-3 text-muted">{index + 1}</td>
                <td className="px-3 wrap-anywhere">{outputText(result, output)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {outputs.length > shownMax && (
        <p className="text-[13px] text-muted">
          The first {shownMax} of {outputs.length} rows; the JSON below has all.
        </p>
      )}
    </div>
  );
}
