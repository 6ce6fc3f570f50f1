import { notFound } from "next/navigation";
import { cache } from "react";
import { AppError } from "@/lib/core/errors";
import { requireMemberPage } from "@/lib/http/page";
import { getTask } from "@/lib/tasks/queries";

/** The task of the address, read once per page. Text that cannot be an id is not even looked up. */
export const loadTask = cache(async (id: string) => {
  const actor = await requireMemberPage();
  if (!/^tsk_[0-9A-Za-z]+$/.test(id)) notFound();
  try {
    return await getTask(actor, id);
  } catch (error) {
    if (error instanceof AppError && error.code === "task.not_found") notFound();
    throw error;
  }
});
