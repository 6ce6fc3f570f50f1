"use client";

import { Button } from "@/app/_components/button";
import { Card } from "@/app/_components/card";
import { useLate } from "@/app/_components/use-late";
import type { AdminModel } from "../_parts/model-words";
import { PauseButton } from "./pause-button";

const load = () => import("./delete-dialog");

type DangerCardsProps = { model: AdminModel; reach: string };

export function DangerCards({ model, reach }: DangerCardsProps) {
  const { opened, open, close } = useLate(load);
  const { name, title, is_paused } = model;
  return (
    <>
      <Card
        title={is_paused ? "This model is paused" : "Pause this model"}
        description={
          is_paused
            ? "Calls are refused and told to come back later."
            : "Calls are refused and told to come back later, until you resume it. Nothing is removed."
        }
        action={<PauseButton name={name} title={title} isPaused={is_paused} reach={reach} />}
        className="pb-4"
      />
      <Card
        tone="danger"
        title="Delete this model"
        description="Nobody can call or see it any more. Its name stays taken, so that no key ever opens something it was not made for."
        action={
          <Button
            size="sm"
            variant="danger"
            aria-haspopup="dialog"
            onPointerEnter={load}
            onFocus={load}
            onClick={() => open(undefined)}
          >
            Delete model
          </Button>
        }
        className="pb-4"
      />
      {opened && <opened.module.DeleteDialog name={name} title={title} reach={reach} onClose={close} />}
    </>
  );
}
