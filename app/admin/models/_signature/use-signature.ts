"use client";

import { useCallback, useReducer, useRef, useState } from "react";
import { ApiError } from "@/app/_client/api";
import type { Signature } from "@/lib/models/schema";
import { changeDraft, type DraftChange } from "./change-draft";
import { toDraft } from "./draft";
import { type Faults, readDraft } from "./read-draft";

const none: Faults = {};

/** A signature that is being written, with what the browser and the API find wrong with it. */
export function useSignature(initial: Signature) {
  const [draft, change] = useReducer(changeDraft, initial, toDraft);
  const [isChecked, setIsChecked] = useState(false);
  const [told, setTold] = useState(none);
  const editor = useRef<HTMLDivElement>(null);

  const dispatch = useCallback((step: DraftChange) => {
    change(step);
    // What the API pointed at may have another place now.
    setTold(none);
  }, []);

  const found = readDraft(draft);
  const faults = isChecked ? { ...found.faults, ...told } : told;

  /** The signature when nothing is wrong with it; else null, and the first fault has the focus. */
  function check(): Signature | null {
    setTold(none);
    const isGood = Object.keys(found.faults).length === 0;
    setIsChecked(!isGood);
    if (isGood) return found.signature;
    focusFault(editor.current);
    return null;
  }

  /** Shows what the API says of the signature at its fields; false when it said nothing of it. */
  const show = useCallback((error: unknown): boolean => {
    const faults = faultsIn(error);
    setTold(faults);
    const isOurs = Object.keys(faults).length > 0;
    if (isOurs) focusFault(editor.current);
    return isOurs;
  }, []);

  const { signature } = found;
  const good = Object.keys(found.faults).length === 0 ? signature : null;
  return { draft, dispatch, faults, editor, check, show, signature, good };
}

export type SignatureForm = ReturnType<typeof useSignature>;

/** Once what is wrong has been drawn. */
const focusFault = (editor: HTMLElement | null) =>
  requestAnimationFrame(() => editor?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());

const member = "/signature/";

function faultsIn(error: unknown): Faults {
  const faults = error instanceof ApiError ? (error.problem.errors ?? []) : [];
  return Object.fromEntries(
    faults
      .filter(({ pointer }) => pointer.startsWith(member))
      .map(({ pointer, message, fix }) => [
        pointer.slice(member.length),
        // The general advice says nothing beside a message that is already whole.
        fix.startsWith("Change the value") ? message : `${message} ${fix}`,
      ]),
  );
}
