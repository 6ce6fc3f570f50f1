import { Skeleton, TableSkeleton } from "@/app/_components/skeleton";
import { TasksHeader } from "./tasks-header";

export default function TasksLoading() {
  return (
    <>
      <TasksHeader />
      <Skeleton className="mb-4 h-9 rounded-md sm:w-44" />
      <TableSkeleton rows={6} columns={6} />
    </>
  );
}
