import { Alert } from "@/app/_components/alert";
import { LinkButton } from "@/app/_components/button";
import type { KeyRow } from "./_parts/key-calls";

/** Frozen by itself and not for good: the owner knows whether it was them. */
export function UnusualNotice({ rows }: { rows: readonly KeyRow[] }) {
  if (rows.length === 0) return null;
  const names = rows.map(({ name }) => `“${name}”`).join(", ");
  return (
    <Alert
      className="mb-4"
      tone="danger"
      title={
        rows.length === 1 ? `Your key ${names} was frozen to be safe` : "Keys of yours were frozen to be safe"
      }
      text={
        rows.length === 1
          ? "It was used quite unlike before, so it opens nothing for now. If that was you, undo it with one click. If not, make a new key and revoke this one."
          : `${names}: they were used quite unlike before, so they open nothing for now. If that was you, undo it with one click. If not, make new keys and revoke these.`
      }
      action={
        <LinkButton href="/alerts" size="sm">
          See what happened
        </LinkButton>
      }
    />
  );
}
