import { Alert } from "@/app/_components/alert";
import { LinkButton } from "@/app/_components/button";
import type { SessionActor } from "@/lib/core/actor";
import { unusualFreeze } from "@/lib/keys/domain";
import { listKeys } from "@/lib/keys/queries";

/** A key that was reported as leaked waits for its owner; nothing while there is none. */
export async function FrozenKeys({ actor }: { actor: SessionActor }) {
  const { items, nextCursor } = await listKeys(actor, { state: "frozen", limit: 3 });
  // One that was frozen for unusual use has an alert of its own.
  const leaked = items.filter(({ frozenReason }) => frozenReason !== unusualFreeze);
  if (leaked.length === 0) return null;
  const names = leaked.map(({ name }) => `“${name}”`).join(", ");
  return (
    <Alert
      className="mb-4"
      tone="danger"
      title={
        leaked.length === 1
          ? "An API key of yours was reported as leaked"
          : "API keys of yours were reported as leaked"
      }
      text={`${names}${nextCursor ? " and more" : ""}: frozen, so the programs that use it are refused.`}
      action={
        <LinkButton href="/keys?state=frozen" size="sm">
          What to do now
        </LinkButton>
      }
    />
  );
}
