"use client";

import { saveText } from "@/app/_client/save-text";
import { exampleCsv, exampleLines } from "./example-rows";
import type { TaskModel } from "./new-task";

const link = "rounded-sm font-medium text-accent-ink hover:underline";

/** Made from the signature, so that it fits. */
export function ExampleLinks({ model: { name, columns, example } }: { model: TaskModel }) {
  const asLines = (
    <button
      type="button"
      className={link}
      onClick={() => saveText(`${name}-example.jsonl`, exampleLines(example), "application/x-ndjson")}
    >
      JSON lines
    </button>
  );
  return (
    <p className="text-[13px] text-muted">
      An example file that fits this model:{" "}
      {columns && (
        <>
          <button
            type="button"
            className={link}
            onClick={() => saveText(`${name}-example.csv`, exampleCsv(columns, example), "text/csv")}
          >
            CSV
          </button>{" "}
          or{" "}
        </>
      )}
      {asLines}.
    </p>
  );
}
