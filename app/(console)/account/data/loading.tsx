import { FormSkeleton } from "@/app/_console/skeletons";

export default function DataLoading() {
  return (
    <div className="grid gap-4">
      <FormSkeleton fields={1} />
      <FormSkeleton fields={1} />
    </div>
  );
}
