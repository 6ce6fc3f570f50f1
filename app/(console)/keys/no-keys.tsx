import { KeyRound, SearchX } from "lucide-react";
import { LinkButton } from "@/app/_components/button";
import { EmptyState } from "@/app/_components/empty-state";
import type { KeySetting } from "./_parts/key-dialog";
import { CreateKeyButton } from "./create-key-button";

/** `isFirst` when there is no key at all, as opposed to none that matches. */
export function NoKeys({ isFirst, setting }: { isFirst: boolean; setting: KeySetting }) {
  if (!isFirst) {
    return (
      <EmptyState
        icon={<SearchX />}
        title="No key matches"
        text="None of your keys is in this state."
        action={<LinkButton href="/keys">Show all keys</LinkButton>}
      />
    );
  }
  return (
    <EmptyState
      icon={<KeyRound />}
      title="No keys yet"
      text="A script, a notebook or another service signs in with a key instead of your password. A key does only what you allow, counts on its own, and can be taken back at any time without touching anything else."
      action={<CreateKeyButton setting={setting} label="Create your first key" />}
    />
  );
}
