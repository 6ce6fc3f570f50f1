import { pageView } from "@/lib/core/page";
import { jsonAnswer } from "@/lib/http/answer";
import { incomingRows } from "@/lib/http/incoming-file";
import { route } from "@/lib/http/route";
import { createTask } from "@/lib/tasks/commands/create-task";
import { taskJsonBytesMax, uploadTypes } from "@/lib/tasks/commands/read-upload";
import { listTasks } from "@/lib/tasks/queries";
import {
  createTaskBody,
  taskPageView,
  taskQuery,
  taskView as taskShape,
  uploadTaskQuery,
} from "@/lib/tasks/schema";
import { taskView } from "@/lib/tasks/view";

export const GET = route(
  {
    summary: "List your tasks",
    description: "Newest first. An API key sees only the tasks made with it.",
    auth: "member:tasks",
    query: taskQuery,
    response: { status: 200, schema: taskPageView },
  },
  async ({ actor, query }) => pageView(await listTasks(actor, query), taskView),
);

export const POST = route(
  {
    summary: "Predict many rows",
    description:
      "As JSON of at most 8 MiB, or with the rows as the body: CSV whose first line names the columns, or a JSON object per line, and name, model, version and note in the address. All rows are checked first, and what they may cost at most is held; then they run by themselves.",
    auth: "member:tasks",
    body: createTaskBody,
    bodyBytesMax: taskJsonBytesMax,
    upload: { types: uploadTypes, query: uploadTaskQuery },
    response: { status: 202, schema: taskShape },
    idempotent: true,
    errors: [
      "task.rows_invalid",
      "task.too_many",
      "quota.exceeded",
      "quota.budget_exceeded",
      "model.not_found",
      "model.version_not_found",
      "model.paused",
    ],
  },
  async ({ actor, body, upload, request }) => {
    const about = upload ?? body;
    if (!about) throw new Error("neither a body nor an upload");
    const rows = body ? { inputs: body.inputs } : { upload: incomingRows(request) };
    const task = await createTask(actor, about, rows);
    const answer = jsonAnswer(202, taskView(task));
    answer.headers.set("location", `/api/v1/tasks/${task.id}`);
    return answer;
  },
);
