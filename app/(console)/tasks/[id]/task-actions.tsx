"use client";

import { Ellipsis, Pencil, Trash2 } from "lucide-react";
import { Button } from "@/app/_components/button";
import { DropdownMenu, DropdownMenuItem, DropdownMenuSeparator } from "@/app/_components/dropdown-menu";
import { IconButton } from "@/app/_components/icon-button";
import { useLate } from "@/app/_components/use-late";
import { isOver } from "@/lib/tasks/domain";
import type { TaskView } from "@/lib/tasks/schema";
import { canCancel, canResume } from "../_parts/task-words";
import type { TaskAction } from "./task-dialog";

const load = () => import("./task-dialog");

type TaskActionsProps = { task: TaskView; onChange: (task: TaskView) => void };

/** What the state of the task allows, and nothing else. */
export function TaskActions({ task, onChange }: TaskActionsProps) {
  const { opened, open, close } = useLate<typeof load, TaskAction>(load);
  return (
    <span className="flex items-center gap-2" onPointerEnter={load} onFocus={load}>
      <DropdownMenu
        label={`Actions for ${task.name}`}
        align="end"
        trigger={
          <IconButton label={`Actions for ${task.name}`}>
            <Ellipsis aria-hidden="true" />
          </IconButton>
        }
      >
        <DropdownMenuItem icon={<Pencil />} onSelect={() => open("edit")}>
          Edit name and note
        </DropdownMenuItem>
        {isOver(task.state) && (
          <>
            <DropdownMenuSeparator />
            <DropdownMenuItem icon={<Trash2 />} tone="danger" onSelect={() => open("delete")}>
              Delete
            </DropdownMenuItem>
          </>
        )}
      </DropdownMenu>
      {canCancel(task) && <Button onClick={() => open("cancel")}>Cancel task</Button>}
      {canResume(task) && <Button onClick={() => open("resume")}>Resume</Button>}
      {opened && (
        <opened.module.TaskDialog action={opened.subject} task={task} onChange={onChange} onClose={close} />
      )}
    </span>
  );
}
