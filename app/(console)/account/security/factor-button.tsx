"use client";

import type { ComponentProps } from "react";
import { Button } from "@/app/_components/button";
import type { FactorChoice } from "./_parts/factor-dialog";
import { useFactorDialog } from "./use-factor-dialog";

type FactorButtonProps = Pick<ComponentProps<typeof Button>, "variant" | "children"> & {
  choice: FactorChoice;
};

/** The button at once; the dialog when somebody goes for it. */
export function FactorButton({ choice, ...look }: FactorButtonProps) {
  const { near, open, dialog } = useFactorDialog();
  return (
    <>
      <Button size="sm" aria-haspopup="dialog" {...near} onClick={() => open(choice)} {...look} />
      {dialog}
    </>
  );
}
