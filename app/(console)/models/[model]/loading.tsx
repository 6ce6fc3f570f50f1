import { CardSkeleton, HeaderSkeleton } from "@/app/_console/skeletons";

export default function ModelLoading() {
  return (
    <>
      <HeaderSkeleton />
      <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_20rem]">
        <div className="grid gap-4">
          <CardSkeleton rows={5} />
          <CardSkeleton rows={3} />
        </div>
        <CardSkeleton rows={4} />
      </div>
    </>
  );
}
