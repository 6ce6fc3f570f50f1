"use client";

import { ArrowDown, ArrowUp, X } from "lucide-react";
import { type MouseEvent, useState } from "react";
import { IconButton } from "@/app/_components/icon-button";

type RowToolsProps = {
  name: string;
  index: number;
  count: number;
  onMove: (by: -1 | 1) => void;
  onRemove: () => void;
};

export function RowTools({ name, index, count, onMove, onRemove }: RowToolsProps) {
  const [hasMoved, setHasMoved] = useState(false);

  function move(by: -1 | 1) {
    return ({ currentTarget: button }: MouseEvent<HTMLButtonElement>) => {
      onMove(by);
      setHasMoved(true);
      // Its row was taken out and put in again, and the browser dropped the focus on the way.
      requestAnimationFrame(() => button.focus());
    };
  }

  return (
    <span className="flex shrink-0">
      <IconButton
        label={`Move ${name} up`}
        aria-disabled={index === 0}
        onClick={move(-1)}
        className={toolClass}
      >
        <ArrowUp aria-hidden="true" />
      </IconButton>
      <IconButton
        label={`Move ${name} down`}
        aria-disabled={index === count - 1}
        onClick={move(1)}
        className={toolClass}
      >
        <ArrowDown aria-hidden="true" />
      </IconButton>
      <IconButton label={`Remove ${name}`} onClick={onRemove}>
        <X aria-hidden="true" />
      </IconButton>
      <span role="status" className="sr-only">
        {hasMoved && `${name} is number ${index + 1} of ${count} now`}
      </span>
    </span>
  );
}

const toolClass =
  "aria-disabled:opacity-40 aria-disabled:hover:bg-transparent aria-disabled:hover:text-muted";
