import { route } from "@/lib/http/route";
import { cancelTask } from "@/lib/tasks/commands/cancel-task";
import { taskView as taskShape } from "@/lib/tasks/schema";
import { taskView } from "@/lib/tasks/view";

export const POST = route(
  {
    summary: "Stop a task",
    description:
      "No further row begins. What was done is kept and paid, and what was held for the rest is free again. Asked again, it is as it was.",
    auth: "member:tasks",
    response: { status: 200, schema: taskShape },
    errors: ["task.not_found", "task.not_possible"],
  },
  async ({ actor, params }) => taskView(await cancelTask(actor, params.id ?? "")),
);
