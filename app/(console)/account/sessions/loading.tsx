import { TableSkeleton } from "@/app/_components/skeleton";

export default function SessionsLoading() {
  return <TableSkeleton rows={3} columns={5} />;
}
