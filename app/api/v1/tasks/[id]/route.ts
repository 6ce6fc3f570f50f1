import { route } from "@/lib/http/route";
import { changeTask } from "@/lib/tasks/commands/change-task";
import { deleteTask } from "@/lib/tasks/commands/delete-task";
import { getTask } from "@/lib/tasks/queries";
import { putTaskBody, taskView as taskShape } from "@/lib/tasks/schema";
import { taskView } from "@/lib/tasks/view";

export const GET = route(
  {
    summary: "Read one of your tasks",
    description: "How far it is, how long the rest may take, and what it cost so far.",
    auth: "member:tasks",
    response: { status: 200, schema: taskShape },
    errors: ["task.not_found"],
  },
  async ({ actor, params }) => taskView(await getTask(actor, params.id ?? "")),
);

export const PUT = route(
  {
    summary: "Change the name and note of a task",
    auth: "member:tasks",
    body: putTaskBody,
    response: { status: 200, schema: taskShape },
    errors: ["task.not_found"],
  },
  async ({ actor, params, body }) => taskView(await changeTask(actor, params.id ?? "", body)),
);

export const DELETE = route(
  {
    summary: "Delete a task that is over",
    description: "With its rows and results. What it cost stays recorded.",
    auth: "member:tasks",
    response: { status: 204 },
    errors: ["task.not_found", "task.not_possible"],
  },
  async ({ actor, params }) => {
    await deleteTask(actor, params.id ?? "");
    return undefined;
  },
);
