import type { EditorMode, RowEditorState } from "./use-row-editor";

const tabs: readonly { mode: EditorMode; label: string }[] = [
  { mode: "form", label: "Form" },
  { mode: "json", label: "JSON" },
];

/** Nothing to choose from where a model has no named inputs. */
export function EditorTabs({ editor }: { editor: RowEditorState }) {
  if (!editor.hasForm) return null;
  return (
    <fieldset className="flex gap-0.5 rounded-md border bg-sunken p-0.5">
      <legend className="sr-only">Fill in as</legend>
      {tabs.map(({ mode, label }) => (
        <button
          key={mode}
          type="button"
          aria-pressed={editor.mode === mode}
          onClick={() => editor.open(mode)}
          className="h-7 rounded-[5px] px-2.5 font-medium text-[13px] text-muted hover:text-ink aria-pressed:bg-surface aria-pressed:text-ink aria-pressed:shadow-[0_0_0_1px_var(--line)]"
        >
          {label}
        </button>
      ))}
    </fieldset>
  );
}
