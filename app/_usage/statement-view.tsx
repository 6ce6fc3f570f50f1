import type { ReactNode } from "react";
import { Alert } from "@/app/_components/alert";
import { cn } from "@/app/_components/cn";
import type { StatementView } from "@/lib/usage/schema";
import { moneyText, monthText, numberText } from "./usage-words";

type StatementProps = { statement: StatementView; baseUrl: string; madeAt: string };

/** What a month cost, as one sheet: it is read on the screen and printed on A4 alike. */
export function Statement({ statement, baseUrl, madeAt }: StatementProps) {
  const { month, is_open, user, units_included, units_granted, total } = statement;
  const facts = [
    { term: "For", text: user.name, detail: user.email },
    { term: "Plan", text: user.plan, detail: includedText(units_included, units_granted) },
    { term: "Install", text: baseUrl.replace(/^https?:\/\//, ""), detail: `Made ${madeAt}` },
  ];
  return (
    <>
      {is_open && (
        <Alert
          className="mb-4"
          title="This month is not over"
          text="The numbers still grow until its last day, counted in UTC, has ended."
        />
      )}
      <article
        aria-label={`Statement for ${monthText(month)}`}
        className="rounded-lg border bg-surface print:rounded-none print:border-0"
      >
        <header className="flex flex-wrap items-start justify-between gap-x-8 gap-y-2 border-b px-5 py-5 sm:px-8 sm:py-7 print:px-0 print:pt-0">
          <div>
            <p className="text-[13px] text-muted">Statement of usage</p>
            <h2 className="mt-1 font-semibold text-xl leading-7 tracking-tight">{monthText(month)}</h2>
          </div>
          <p className="sm:text-right">
            <span className="block text-[13px] text-muted">{is_open ? "Total so far" : "Total"}</span>
            <span className="mt-1 block font-semibold text-xl leading-7 tracking-tight tabular-nums">
              {moneyText(total.cost, statement.currency)}
            </span>
          </p>
        </header>
        <dl className="grid gap-x-8 gap-y-4 border-b px-5 py-5 sm:grid-cols-3 sm:px-8 print:grid-cols-3 print:px-0">
          {facts.map(({ term, text, detail }) => (
            <div key={term} className="min-w-0">
              <dt className="text-[13px] text-muted">{term}</dt>
              <dd className="mt-0.5 font-medium wrap-anywhere">{text}</dd>
              <dd className="text-[13px] text-muted wrap-anywhere">{detail}</dd>
            </div>
          ))}
        </dl>
        <Lines statement={statement} />
      </article>
    </>
  );
}

function includedText(included: number | null, granted: number): string {
  if (included === null) return "No limit of units";
  const extra = granted > 0 ? `, ${numberText(granted)} extra` : "";
  return `${numberText(included)} units a month${extra}`;
}

function Lines({ statement: { lines, total, currency } }: { statement: StatementView }) {
  const hasTokens = lines.some(({ tokens }) => tokens > 0);
  if (lines.length === 0) {
    return <p className="px-5 py-8 text-muted sm:px-8 print:px-0">Nothing was called in this month.</p>;
  }
  return (
    <section
      // Focusable, because a table that is too wide must scroll with the keyboard too.
      tabIndex={0}
      aria-label="Lines of the statement"
      className="overflow-x-auto px-5 py-3 focus-visible:-outline-offset-2 sm:px-8 sm:py-5 print:overflow-visible print:px-0"
    >
      <table className="w-full border-collapse">
        <caption className="sr-only">What was called and what it cost</caption>
        <thead>
          <tr className="h-9 border-b text-[13px] text-muted">
            <Head className="text-left">Model</Head>
            <Head className="hidden text-left sm:table-cell print:table-cell">Called with</Head>
            <Head>Calls</Head>
            <Head className="hidden sm:table-cell print:table-cell">Units</Head>
            {hasTokens && <Head className="hidden sm:table-cell print:table-cell">Tokens</Head>}
            <Head>Cost</Head>
          </tr>
        </thead>
        <tbody>
          {numbered(lines).map(({ number, model, key, calls, units, tokens, cost }) => (
            <tr key={number} className="h-10 break-inside-avoid border-b">
              <th scope="row" className="py-2 pr-3 text-left font-medium wrap-anywhere">
                {model}
                <span className="block font-normal text-[13px] text-muted sm:hidden print:hidden">
                  {keyText(key)}
                </span>
              </th>
              <Cell className="hidden text-left whitespace-normal text-muted sm:table-cell print:table-cell">
                {keyText(key)}
              </Cell>
              <Cell>{numberText(calls)}</Cell>
              <Cell className="hidden sm:table-cell print:table-cell">{numberText(units)}</Cell>
              {hasTokens && (
                <Cell className="hidden sm:table-cell print:table-cell">{numberText(tokens)}</Cell>
              )}
              <Cell>{moneyText(cost, currency)}</Cell>
            </tr>
          ))}
        </tbody>
        <tfoot className="[display:table-row-group]">
          <tr className="h-11 break-inside-avoid font-semibold">
            <th scope="row" className="pr-3 text-left">
              Total
            </th>
            <Cell className="hidden sm:table-cell print:table-cell" />
            <Cell>{numberText(total.calls)}</Cell>
            <Cell className="hidden sm:table-cell print:table-cell">{numberText(total.units)}</Cell>
            {hasTokens && <Cell className="hidden sm:table-cell print:table-cell" />}
            <Cell>{moneyText(total.cost, currency)}</Cell>
          </tr>
        </tfoot>
      </table>
    </section>
  );
}

/** Two keys may have the same name, so a line is told apart by its place. */
const numbered = <L,>(lines: readonly L[]) => lines.map((line, number) => ({ ...line, number }));

const keyText = (key: string | null): string => key ?? "signed in, without a key";

type CellProps = { className?: string; children?: ReactNode };

const Head = ({ className, children }: CellProps) => (
  <th scope="col" className={cn("px-3 text-right font-medium first:pl-0 last:pr-0", className)}>
    {children}
  </th>
);

const Cell = ({ className, children }: CellProps) => (
  <td className={cn("px-3 text-right whitespace-nowrap last:pr-0", className)}>{children}</td>
);
