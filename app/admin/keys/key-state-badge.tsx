import { Badge } from "@/app/_components/badge";
import { stateWords } from "@/app/(console)/keys/_parts/key-words";
import type { KeyState } from "@/lib/keys/domain";

export function KeyStateBadge({ state }: { state: KeyState }) {
  const words = stateWords.find(({ value }) => value === state);
  return (
    <Badge tone={words?.tone} hasDot>
      {words?.label ?? state}
    </Badge>
  );
}
