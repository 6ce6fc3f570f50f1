import { route } from "@/lib/http/route";
import { resumeTask } from "@/lib/tasks/commands/resume-task";
import { taskView as taskShape } from "@/lib/tasks/schema";
import { taskView } from "@/lib/tasks/view";

export const POST = route(
  {
    summary: "Let a task go on",
    description:
      "One that was cancelled or failed goes on with the rows that have no result yet; what they may cost is held anew.",
    auth: "member:tasks",
    response: { status: 200, schema: taskShape },
    errors: [
      "task.not_found",
      "task.not_possible",
      "task.too_many",
      "quota.exceeded",
      "quota.budget_exceeded",
    ],
  },
  async ({ actor, params }) => taskView(await resumeTask(actor, params.id ?? "")),
);
