import { Skeleton, TableSkeleton } from "@/app/_components/skeleton";
import { KeysHeader } from "./keys-header";

export default function KeysLoading() {
  return (
    <>
      <KeysHeader action={<Skeleton className="h-9 w-34 rounded-md" />} />
      <Skeleton className="mb-4 h-9 rounded-md sm:w-44" />
      <TableSkeleton rows={5} columns={7} />
    </>
  );
}
