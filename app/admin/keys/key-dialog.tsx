"use client";

import { KeySheet } from "./key-sheet";
import type { KeyRow } from "./keys-table";
import { RevokeDialog } from "./revoke-dialog";

type KeyDialogProps = {
  dialog: "facts" | "revoke";
  row: KeyRow;
  now: number;
  onRevoke: (row: KeyRow) => void;
  onClose: () => void;
};

/** One door to both, fetched when the first one is wanted. */
export const KeyDialog = ({ dialog, row, now, onRevoke, onClose }: KeyDialogProps) =>
  dialog === "facts" ? (
    <KeySheet row={row} now={now} onRevoke={() => onRevoke(row)} onClose={onClose} />
  ) : (
    <RevokeDialog row={row} onClose={onClose} />
  );
