"use client";

import { useRunOnce } from "@/app/_client/use-run-once";
import { Button } from "@/app/_components/button";
import { FormError } from "@/app/_components/form-error";
import { CodesDialog } from "./codes-dialog";
import { makeRecoveryCodes } from "./factor-calls";
import { useFinish } from "./use-finish";

const done = "New recovery codes made";

type NewCodesDialogProps = { left: number; onClose: () => void };

export function NewCodesDialog({ left, onClose }: NewCodesDialogProps) {
  const { codes, finish } = useFinish(done, onClose);
  const { failure, isBusy, runOnce } = useRunOnce();
  return (
    <CodesDialog
      codes={codes}
      done={done}
      onClose={onClose}
      isLocked={isBusy}
      size="sm"
      title="Make new recovery codes?"
      footer={
        <>
          <Button onClick={onClose} disabled={isBusy}>
            Cancel
          </Button>
          <Button
            variant="primary"
            isBusy={isBusy}
            onClick={() => runOnce(async () => finish(await makeRecoveryCodes()))}
          >
            Make new codes
          </Button>
        </>
      }
    >
      <div className="space-y-4">
        <p className="text-muted">
          You get ten.{" "}
          {left > 0 && "The codes you have now stop working at once: throw away where you wrote them down."}
        </p>
        <FormError message={failure} />
      </div>
    </CodesDialog>
  );
}
