import { incomingRows } from "@/lib/http/incoming-file";
import { route } from "@/lib/http/route";
import { estimateTask } from "@/lib/tasks/commands/estimate-task";
import { taskJsonBytesMax, uploadTypes } from "@/lib/tasks/commands/read-upload";
import { createTaskBody, taskEstimateView, uploadTaskQuery } from "@/lib/tasks/schema";

export const POST = route(
  {
    summary: "Check the rows of a task, and what it would cost",
    description:
      "Takes what creating a task takes, and starts, stores and charges nothing. Answers the faults of rows, the price, the time it may take and whether the task would be accepted right now.",
    auth: "member:tasks",
    body: createTaskBody,
    bodyBytesMax: taskJsonBytesMax,
    upload: { types: uploadTypes, query: uploadTaskQuery },
    response: { status: 200, schema: taskEstimateView },
    errors: ["model.not_found", "model.version_not_found", "model.paused"],
  },
  async ({ actor, body, upload, request }) => {
    if (upload) return estimateTask(actor, upload, { upload: incomingRows(request) });
    if (body) return estimateTask(actor, body, { inputs: body.inputs });
    throw new Error("neither a body nor an upload");
  },
);
