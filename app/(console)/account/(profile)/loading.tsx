import { FormSkeleton } from "@/app/_console/skeletons";

export default function ProfileLoading() {
  return (
    <div className="grid items-start gap-4 lg:grid-cols-3">
      <div className="grid gap-4 lg:col-span-2">
        <FormSkeleton fields={1} />
        <FormSkeleton fields={1} />
        <FormSkeleton fields={2} />
      </div>
      <FormSkeleton fields={1} />
    </div>
  );
}
