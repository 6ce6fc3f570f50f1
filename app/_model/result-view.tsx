import { JsonView } from "./json-view";
import type { Result } from "./model-words";
import { ProbabilityBars } from "./probability-bars";
import { percentText, readClasses, readFields } from "./result-words";

type ResultViewProps = {
  /** What the signature says of the result; null when it is not known, and the JSON alone is shown. */
  result: Result | null;
  output: unknown;
};

/** What a model answered to one row, as a person would want to see it. */
export function ResultView({ result, output }: ResultViewProps) {
  const classes = result?.kind === "classes" ? readClasses(output) : null;
  if (classes) return <ClassesView {...classes} />;
  const fields = result?.kind === "fields" ? readFields(result, output) : null;
  if (fields) return <FieldsView fields={fields} />;
  return <JsonView label="Output" value={output} />;
}

type ClassesViewProps = NonNullable<ReturnType<typeof readClasses>>;

function ClassesView({ label, probability, probabilities }: ClassesViewProps) {
  return (
    <div className="space-y-4">
      <p className="flex flex-wrap items-baseline gap-x-3">
        <span className="font-semibold text-3xl leading-9 tracking-tight wrap-anywhere">{label}</span>
        {probability !== null && (
          <span className="text-muted text-base tabular-nums">{percentText(probability)}</span>
        )}
      </p>
      {probabilities.length > 0 && <ProbabilityBars classes={probabilities} chosen={label} />}
    </div>
  );
}

const longText = 60;

function FieldsView({ fields }: { fields: NonNullable<ReturnType<typeof readFields>> }) {
  return (
    <dl className="space-y-4">
      {fields.map(({ name, title, value, unit }) => (
        <div key={name}>
          <dt className="text-[13px] text-muted">{title}</dt>
          {value.length > longText ? (
            <dd className="mt-1 whitespace-pre-wrap wrap-anywhere">{value}</dd>
          ) : (
            <dd className="mt-0.5 font-semibold text-2xl leading-8 tracking-tight wrap-anywhere">
              {value}
              {unit && <span className="ml-1.5 font-normal text-base text-muted">{unit}</span>}
            </dd>
          )}
        </div>
      ))}
    </dl>
  );
}
