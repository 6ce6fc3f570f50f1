import type { z } from "zod";
import { Badge } from "@/app/_components/badge";
import { Card } from "@/app/_components/card";
import { CopyableId } from "@/app/_components/copyable-id";
import { RelativeTime } from "@/app/_components/relative-time";
import { now } from "@/lib/infra/clock";
import type { signingKeyView } from "@/lib/tokens/schema";
import { RotateButton } from "./rotate-button";

type SigningKey = z.infer<typeof signingKeyView>;

export function SigningKeysCard({ keys }: { keys: readonly SigningKey[] }) {
  const at = now().getTime();
  // One whose tokens are all over is history; the audit log has it.
  const shown = keys.filter(({ expires_at }) => expires_at === null || Date.parse(expires_at) > at);
  return (
    <Card
      isFlush
      title="Keys that sign access tokens"
      description="Programs that sign in get short-lived tokens. The signature proves that they come from this install; other services check it with the public half of the key."
      action={<RotateButton />}
    >
      {shown.length === 0 ? (
        <p className="border-t px-5 py-6 text-center text-muted">
          None yet: the first is made when the first program signs in.
        </p>
      ) : (
        <ul className="divide-y divide-line border-t">
          {shown.map((key) => (
            <li
              key={key.id}
              className="grid items-baseline gap-x-8 gap-y-1 px-5 py-3.5 sm:grid-cols-[minmax(0,1fr)_15rem]"
            >
              <span className="flex min-w-0 flex-wrap items-center gap-x-2.5 gap-y-1">
                <CopyableId value={key.id} label="key id" />
                <Badge tone={key.is_current ? "success" : "neutral"} hasDot>
                  {key.is_current ? "Signs" : "Retired"}
                </Badge>
              </span>
              <KeyFacts signingKey={key} />
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}

const KeyFacts = ({ signingKey }: { signingKey: SigningKey }) => (
  <span className="text-[13px] text-muted">
    {signingKey.algorithm},{" "}
    {signingKey.expires_at ? (
      <>
        still checks older tokens, stops <RelativeTime at={signingKey.expires_at} />
      </>
    ) : (
      <>
        since <RelativeTime at={signingKey.created_at} />
      </>
    )}
  </span>
);
