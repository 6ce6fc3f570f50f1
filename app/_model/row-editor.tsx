import { type FocusEvent, useId } from "react";
import { FieldFault } from "@/app/_components/field-fault";
import { Textarea } from "@/app/_components/textarea";
import { SignatureForm } from "./signature-form";
import type { RowEditorState } from "./use-row-editor";

/** Fields of the signature, or the same as JSON. Belongs into a form. */
export function RowEditor({ editor }: { editor: RowEditorState }) {
  const { columns, mode, draft, faults, rest, form, leave, change } = editor;
  return (
    <div className="space-y-4" onBlur={(event) => leaveField(event, leave)}>
      {mode === "form" ? (
        <SignatureForm ref={form} columns={columns} draft={draft} faults={faults} onChange={change} />
      ) : (
        <JsonField editor={editor} />
      )}
      {mode === "form" && <Rest rest={rest} />}
    </div>
  );
}

/** A message that appears while something is being pressed would move it away from under the pointer. */
function leaveField({ target, relatedTarget }: FocusEvent, leave: (name: string) => void) {
  const isPress = relatedTarget instanceof HTMLElement && !relatedTarget.matches("input, select, textarea");
  if (!isPress && target instanceof HTMLElement && target.dataset.field) leave(target.dataset.field);
}

function JsonField({ editor }: { editor: RowEditorState }) {
  const { text, rest, area, changeText } = editor;
  const id = useId();
  return (
    <div className="space-y-1.5">
      <label htmlFor={id} className="block font-medium">
        Inputs as JSON
      </label>
      <Textarea
        ref={area}
        id={id}
        value={text}
        rows={8}
        spellCheck={false}
        autoComplete="off"
        aria-invalid={rest.length > 0 ? true : undefined}
        aria-describedby={`${id}-hint${rest.length > 0 ? ` ${id}-faults` : ""}`}
        onChange={(event) => changeText(event.target.value)}
        className="field-sizing-content max-h-[28rem] min-h-44 font-mono text-[13px] leading-5 sm:text-[13px]"
      />
      <p id={`${id}-hint`} className="text-[13px] text-muted">
        An object is one row; a list of objects is several at once.
      </p>
      <Rest id={`${id}-faults`} rest={rest} />
    </div>
  );
}

const shownMax = 20;

function Rest({ id, rest }: { id?: string; rest: RowEditorState["rest"] }) {
  if (rest.length === 0) return null;
  return (
    <div id={id} className="space-y-1" role="alert">
      {rest.slice(0, shownMax).map(({ where, text }) => (
        <FieldFault key={`${where} ${text}`} text={where ? `${where}: ${text}` : text} />
      ))}
      {rest.length > shownMax && (
        <p className="text-[13px] text-danger-ink">And {rest.length - shownMax} more of this kind.</p>
      )}
    </div>
  );
}
