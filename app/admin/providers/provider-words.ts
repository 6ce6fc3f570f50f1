import type { ProviderKind } from "@/lib/providers/domain";
import type { ProviderView } from "@/lib/providers/schema";
import { countOf } from "../_parts/count";

export const pageWords = {
  title: "Sign-in services",
  description: "Other services that let people in here, beside password and passkey.",
};

type KindWords = {
  label: string;
  /** Where its side of the connection is made. */
  steps: string;
};

export const kindWords: Record<ProviderKind, KindWords> = {
  github: {
    label: "GitHub",
    steps:
      "On github.com: Settings, Developer settings, OAuth Apps, New OAuth App. Enter the address below as the authorization callback URL, then copy the client ID and generate a client secret.",
  },
  google: {
    label: "Google",
    steps:
      "On console.cloud.google.com: APIs & Services, Credentials, Create credentials, OAuth client ID, Web application. Enter the address below as an authorized redirect URI, then copy client ID and client secret.",
  },
  oidc: {
    label: "OpenID Connect",
    steps:
      "There, add a confidential client (a web application with a secret) that uses the authorization code flow, and allow the address below as its redirect URI.",
  },
};

/** Who loses what when it is gone. */
export function lossWords({ people, people_without_other_way: stranded, title }: ProviderView): string {
  if (people === 0) return "Nobody has connected it, so nobody loses a way in.";
  const who = `${countOf(people, "person", "people")} can no longer sign in through ${title}.`;
  if (stranded === 0) return `${who} All of them have another way in.`;
  return `${who} For ${stranded === people ? "all" : stranded} of them it is the only way in: they will need a link for a new password.`;
}
