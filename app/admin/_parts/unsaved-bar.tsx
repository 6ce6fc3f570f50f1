import { Button } from "@/app/_components/button";

type UnsavedBarProps = { text: string; isBusy: boolean; onDiscard: () => void };

/** At the end of a form, and in sight wherever one is in it, for as long as something is not saved. */
export function UnsavedBar({ text, isBusy, onDiscard }: UnsavedBarProps) {
  return (
    <section
      aria-label="Changes that are not saved"
      className="sticky bottom-4 z-20 flex flex-wrap items-center justify-between gap-x-6 gap-y-2 rounded-lg border border-line-strong bg-surface py-2.5 pr-2.5 pl-4 shadow-pop"
    >
      <p role="status" className="font-medium">
        {text}
      </p>
      <div className="flex gap-2">
        <Button size="sm" onClick={onDiscard} disabled={isBusy}>
          Discard
        </Button>
        <Button size="sm" type="submit" variant="primary" isBusy={isBusy}>
          Save changes
        </Button>
      </div>
    </section>
  );
}
