import { Badge } from "@/app/_components/badge";
import type { MailState } from "@/lib/mail/domain";
import { wordsOf } from "./mail-words";

export function MailStateBadge({ state }: { state: MailState }) {
  const words = wordsOf(state);
  return (
    <Badge tone={words?.tone} hasDot>
      {words?.label ?? state}
    </Badge>
  );
}
