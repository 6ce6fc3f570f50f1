"use client";

import { useRouter } from "next/navigation";
import { useRef, useState } from "react";
import { Button } from "@/app/_components/button";
import { Dialog } from "@/app/_components/dialog";
import { toast } from "@/app/_components/toaster";
import { countOf } from "@/app/admin/_parts/count";
import { useUndo } from "../_parts/use-undo";
import type { UserRow } from "../_parts/user-calls";
import type { BulkAction } from "./bulk-actions";
import { BulkProgress, BulkSummary, UserNames } from "./bulk-report";
import { type BulkResult, useBulkRun } from "./use-bulk-run";

type BulkDialogProps = {
  action: BulkAction;
  users: readonly UserRow[];
  selfId: string;
  onDone: () => void;
  onClose: () => void;
};

export function BulkDialog({ action, users, selfId, onDone, onClose }: BulkDialogProps) {
  const router = useRouter();
  const offerUndo = useUndo();
  const { run, finished, stop } = useBulkRun();
  const [phase, setPhase] = useState<"asking" | "running" | BulkResult>("asking");
  const isRunning = useRef(false);
  const name = `${action.label} ${countOf(users.length, "user")}`;

  async function start() {
    if (isRunning.current) return;
    isRunning.current = true;
    setPhase("running");
    const result = await run(action.run, users);
    isRunning.current = false;
    router.refresh();
    onDone();
    if (result.failed.length + result.left.length > 0) return setPhase(result);
    announce(result.succeeded);
    onClose();
  }

  function announce(succeeded: UserRow[]) {
    const title = `${countOf(succeeded.length, "user")} ${action.done}`;
    const { undo } = action;
    if (!undo) return toast.success(title);
    const undoAll = async () => {
      for (const { id } of succeeded) await undo(id);
    };
    offerUndo(title, "Ended sessions and links do not come back.", undoAll, "Taken back");
  }

  const isAsking = phase === "asking";
  return (
    <Dialog
      open
      onOpenChange={onClose}
      isLocked={phase === "running"}
      size="sm"
      title={isAsking ? `${name}?` : name}
      footer={
        isAsking ? (
          <>
            <Button onClick={onClose}>Cancel</Button>
            <Button variant={action.tone === "danger" ? "danger" : "primary"} onClick={start}>
              {name}
            </Button>
          </>
        ) : phase === "running" ? (
          <Button onClick={stop}>Stop after this one</Button>
        ) : (
          <Button variant="primary" onClick={onClose}>
            Close
          </Button>
        )
      }
    >
      {isAsking ? (
        <div className="space-y-3">
          <p className="text-muted">
            {action.consequences}
            {action.tone === "danger" && users.some(({ id }) => id === selfId) && (
              <strong className="font-medium text-ink"> Your own account is among them.</strong>
            )}
          </p>
          <UserNames users={users} />
        </div>
      ) : phase === "running" ? (
        <BulkProgress finished={finished} total={users.length} />
      ) : (
        <BulkSummary result={phase} done={action.done} />
      )}
    </Dialog>
  );
}
