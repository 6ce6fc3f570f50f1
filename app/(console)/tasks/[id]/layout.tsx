import type { ReactNode } from "react";
import { loadTask } from "./load-task";

type TaskLayoutProps = { params: Promise<{ id: string }>; children: ReactNode };

/** Looks before the skeleton of the page is sent, so that an unknown id is answered with 404. */
export default async function TaskLayout({ params, children }: TaskLayoutProps) {
  await loadTask((await params).id);
  return children;
}
