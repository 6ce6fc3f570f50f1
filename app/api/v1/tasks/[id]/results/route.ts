import { pageView } from "@/lib/core/page";
import { route } from "@/lib/http/route";
import { exportResults } from "@/lib/tasks/commands/export-results";
import { listResults } from "@/lib/tasks/queries";
import { taskResultPageView, taskResultsQuery } from "@/lib/tasks/schema";

export const GET = route(
  {
    summary: "Read or download the results of a task",
    description:
      "All rows that are done, in order, also while the others still run. With `format=csv` or `format=jsonl` a whole file; as JSON in pages.",
    auth: "member:tasks",
    query: taskResultsQuery,
    response: { status: 200, schema: taskResultPageView },
    errors: ["task.not_found"],
  },
  async ({ actor, params, query }) => {
    const id = params.id ?? "";
    if (query.format === "json") return pageView(await listResults(actor, id, query), (result) => result);
    const file = await exportResults(actor, id, query.format);
    return new Response(file.stream, {
      headers: { "content-type": file.type, "content-disposition": `attachment; filename="${file.name}"` },
    });
  },
);
