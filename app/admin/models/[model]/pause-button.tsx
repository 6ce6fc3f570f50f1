"use client";

import { Button } from "@/app/_components/button";
import { useLate } from "@/app/_components/use-late";

const load = () => import("./pause-dialog");

type PauseButtonProps = {
  name: string;
  title: string;
  isPaused: boolean;
  /** Whom it is about, in words. */
  reach: string;
};

export function PauseButton(props: PauseButtonProps) {
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
        {props.isPaused ? "Resume" : "Pause"}
      </Button>
      {opened && <opened.module.PauseDialog {...props} onClose={close} />}
    </>
  );
}
