import { KeyRound, SearchX } from "lucide-react";
import { LinkButton } from "@/app/_components/button";
import { EmptyState } from "@/app/_components/empty-state";
import type { AdminKeyQuery } from "@/lib/keys/schema";

type NoKeysProps = { path: string; query: AdminKeyQuery; isModelStrange: boolean; firstHref?: string };

export function NoKeys({ path, query, isModelStrange, firstHref }: NoKeysProps) {
  const isFiltered = isModelStrange || Boolean(query.owner || query.model || query.state || query.used);
  if (!isFiltered && !firstHref) {
    return (
      <EmptyState
        icon={<KeyRound />}
        title="No API keys yet"
        text="An API key is a password for a program. People make their own; here you see all of them and can take each one back."
      />
    );
  }
  return (
    <EmptyState
      icon={<SearchX />}
      title={isFiltered ? "No key matches" : "No key on this page"}
      text={
        isModelStrange
          ? "No model is called that: names of models have small letters, digits, dots, underscores and hyphens, and are written out whole here."
          : isFiltered
            ? "No key fits all of these filters at once."
            : "There are no more keys after the ones before."
      }
      action={
        <>
          {firstHref && <LinkButton href={firstHref}>First page</LinkButton>}
          {isFiltered && <LinkButton href={path}>Clear filters</LinkButton>}
        </>
      }
    />
  );
}
