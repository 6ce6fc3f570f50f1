import { PageHeader } from "@/app/_components/page-header";
import { CardSkeleton, FormSkeleton } from "@/app/_console/skeletons";
import { newTaskHeader } from "./new-task-header";

export default function NewTaskLoading() {
  return (
    <>
      <PageHeader {...newTaskHeader} />
      <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_20rem]">
        <FormSkeleton fields={5} />
        <CardSkeleton rows={3} />
      </div>
    </>
  );
}
