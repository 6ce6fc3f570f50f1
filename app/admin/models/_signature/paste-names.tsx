"use client";

import { Button } from "@/app/_components/button";
import { useLate } from "@/app/_components/use-late";

const load = () => import("./names-dialog");

type PasteNamesProps = { count: number; onNames: (names: readonly string[]) => void };

/** Nobody should have to type thirty names that stand in the first line of a file. */
export function PasteNames(props: PasteNamesProps) {
  const { opened, open, close } = useLate(load);
  return (
    <>
      <Button
        size="sm"
        aria-haspopup="dialog"
        onPointerEnter={load}
        onFocus={load}
        onClick={() => open(undefined)}
      >
        Paste names
      </Button>
      {opened && <opened.module.NamesDialog {...props} onClose={close} />}
    </>
  );
}
