"use client";

import type { ReactNode } from "react";
import { api } from "@/app/_client/api";
import { inPlainWords } from "@/app/_client/explain-error";
import { ConfirmDialog } from "@/app/_components/confirm-dialog";
import { useUndo } from "@/app/admin/users/_parts/use-undo";
import { modelApi } from "../_parts/model-paths";
import type { UseButtonsProps } from "./use-buttons";

/** As the API takes it; what is absent stays. */
export type UseChange = { stable?: number; next?: number | null };

type Words = { title: string; label: string; consequences: ReactNode; done: string };

export function UseDialog(props: UseButtonsProps & { change: UseChange; onClose: () => void }) {
  const { model, stable, next, change, onClose } = props;
  const offerUndo = useUndo();
  const use = (versions: UseChange) => api("POST", `${modelApi(model.name)}/promote`, versions);
  const words = wordsFor(props);
  return (
    <ConfirmDialog
      open
      onOpenChange={onClose}
      tone="neutral"
      title={words.title}
      confirmLabel={words.label}
      consequences={words.consequences}
      onConfirm={async () => {
        await inPlainWords(use(change));
        const before: UseChange = {
          ...("stable" in change ? { stable } : {}),
          ...("next" in change ? { next } : {}),
        };
        offerUndo(
          words.done,
          "It counts from the next call on.",
          () => use(before),
          "It is as it was before",
        );
      }}
    />
  );
}

function wordsFor({
  model,
  number,
  stable,
  next,
  change,
  reach,
}: UseButtonsProps & { change: UseChange }): Words {
  if (change.stable !== undefined) {
    const isBack = number < stable;
    return {
      title: isBack ? `Roll back to version ${number}?` : `Promote version ${number}?`,
      label: isBack ? "Roll back" : "Promote",
      consequences: (
        <>
          From the next call on <strong>{reach}</strong> get answers of version {number} of {model.title}{" "}
          instead of {stable}. Calls that are running finish on version {stable}, which stays here: going back
          is one click. Callers who name a version by its number notice nothing.
        </>
      ),
      done: `Version ${number} is in use`,
    };
  }
  if (change.next === null)
    return {
      title: `Stop the trial of version ${number}?`,
      label: "Stop the trial",
      consequences: (
        <>
          Callers who ask for <strong>next</strong> are told that no version is on trial. Everybody else
          notices nothing.
        </>
      ),
      done: `Version ${number} is on trial no more`,
    };
  return {
    title: `Try version ${number} as next?`,
    label: "Try as next",
    consequences: (
      <>
        Only callers who ask for the version <strong>next</strong> get it
        {next === null ? "" : `, in place of version ${next}`}. Everybody else stays on version {stable}.
      </>
    ),
    done: `Version ${number} is on trial`,
  };
}
