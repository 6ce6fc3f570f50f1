import { Badge } from "@/app/_components/badge";
import type { UserState } from "@/lib/users/domain";
import { stateWords } from "./user-words";

export function StateBadge({ state }: { state: UserState }) {
  const words = stateWords.find(({ value }) => value === state);
  return (
    <Badge tone={words?.tone} hasDot>
      {words?.label ?? state}
    </Badge>
  );
}
