import { CardSkeleton } from "@/app/_console/skeletons";

export default function NotificationsLoading() {
  return (
    <div className="grid gap-4">
      <CardSkeleton rows={4} />
      <CardSkeleton rows={2} />
    </div>
  );
}
