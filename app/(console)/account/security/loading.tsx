import { CardSkeleton } from "@/app/_console/skeletons";

export default function SecurityLoading() {
  return (
    <div role="status" className="grid grid-cols-1 gap-4">
      <span className="sr-only">Loading</span>
      <CardSkeleton rows={1} />
      <CardSkeleton rows={2} />
    </div>
  );
}
