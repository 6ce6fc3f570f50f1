import type { Install } from "@/lib/install/queries";
import { countOf } from "../_parts/count";

/** How many keys still work although nobody used them for 90 days, and how many were reported as leaked. */
type Keys = { unused: number; leaked: number };
type Admin = { id: string; email: string; isPasswordGenerated: boolean };

export type SecurityCheck = {
  key: string;
  /** "act": others could get in or something could be lost; "consider": a choice that is yours. */
  state: "good" | "consider" | "act";
  title: string;
  text: string;
  cure?: { text: string; href?: string };
};

/** What can be known from here about how safely this install runs. */
export function checkSecurity(
  install: Install,
  admins: readonly Admin[],
  keys: Keys,
  selfId: string,
): SecurityCheck[] {
  return [
    transport(install),
    ...(install.isBehindProxy ? [proxy(install)] : []),
    generatedPassword(admins, selfId),
    secondAdmin(admins),
    apiKeys(keys),
    durability(install),
  ];
}

function transport({ isHttps, isOnlyThisMachine }: Install): SecurityCheck {
  const key = "transport";
  if (isHttps) {
    return {
      key,
      state: "good",
      title: "Traffic is encrypted",
      text: "People reach this install by https, so passwords and sessions cannot be read on the way.",
    };
  }
  if (isOnlyThisMachine) {
    return {
      key,
      state: "good",
      title: "Only this machine can reach it",
      text: "Nothing travels over a network, so nothing needs to be encrypted yet.",
    };
  }
  return {
    key,
    state: "act",
    title: "Passwords travel unencrypted",
    text: "Others can reach this install by plain http. Whoever is on the same network can read passwords and sessions.",
    cure: {
      text: "Put a web server with a certificate in front and set BASE_URL to its https address; docs/going-public.md has the lines to copy. Or set HOST=127.0.0.1 to let only this machine in.",
    },
  };
}

function proxy({ trustedProxies }: Install): SecurityCheck {
  const key = "proxy";
  if (trustedProxies.length > 0) {
    return {
      key,
      state: "good",
      title: "Visitors are told apart",
      text: `Their addresses are taken from the web server in front (${trustedProxies.join(", ")}) and from nobody else.`,
    };
  }
  return {
    key,
    state: "act",
    title: "All visitors look like one",
    text: "The web server in front is not named, so everybody shares its address: a few wrong passwords of one person lock all others out, and the audit log cannot tell from where somebody came.",
    cure: { text: "Set TRUSTED_PROXIES to the address of that web server, for example 127.0.0.1." },
  };
}

function generatedPassword(admins: readonly Admin[], selfId: string): SecurityCheck {
  const key = "generated-password";
  const generated = admins.filter(({ isPasswordGenerated }) => isPasswordGenerated);
  const [first] = generated;
  if (!first) {
    return {
      key,
      state: "good",
      title: "Every administrator chose their own password",
      text: "No password that was printed in a terminal opens this install any more.",
    };
  }
  const isSelf = generated.some(({ id }) => id === selfId);
  return {
    key,
    state: "consider",
    title: isSelf ? "You still use the generated password" : "A generated password is still in use",
    text: `${generated.map(({ email }) => email).join(", ")}: the password is strong, but it was shown in a terminal, and whoever saw it there can sign in.`,
    cure: isSelf
      ? { text: "Choose your own password", href: "/account" }
      : { text: "Start a password reset", href: `/admin/users/${first.id}` },
  };
}

function secondAdmin(admins: readonly Admin[]): SecurityCheck {
  const key = "second-admin";
  if (admins.length > 1) {
    return {
      key,
      state: "good",
      title: `${admins.length} administrators`,
      text: "If one of them loses access, another can help.",
    };
  }
  return {
    key,
    state: "consider",
    title: "There is only one administrator",
    text: "If that person loses the password, the only way back in is the command line: npm run admin -- reset-password.",
    cure: { text: "Invite a second administrator", href: "/admin/users" },
  };
}

function apiKeys({ unused, leaked }: Keys): SecurityCheck {
  const key = "api-keys";
  if (leaked > 0) {
    return {
      key,
      state: "act",
      title: `${countOf(leaked, "API key")} reported as leaked`,
      text: "The secret was found where it should not be. It opens nothing any more; find out what it was used for, and revoke it when the owner has a new one.",
      cure: { text: "Look into it", href: "/admin/keys?state=frozen" },
    };
  }
  if (unused > 0) {
    return {
      key,
      state: "consider",
      title: `${countOf(unused, "API key")} not used for 90 days`,
      text: "A key that nobody needs can still be lost or stolen, and nobody would notice.",
      cure: { text: "Look through them", href: "/admin/keys?state=live&used=unused_90d" },
    };
  }
  return {
    key,
    state: "good",
    title: "No forgotten or leaked API keys",
    text: "Every key that works is younger than 90 days or was used in them, and none waits to be replaced.",
  };
}

function durability({ database, durability: level }: Install): SecurityCheck {
  const key = "durability";
  if (database === "postgres") {
    return {
      key,
      state: "good",
      title: "Changes are kept by Postgres",
      text: "Whether they survive a power failure is decided by that server (synchronous_commit, on by default).",
    };
  }
  if (level === "full") {
    return {
      key,
      state: "good",
      title: "Changes survive a power failure",
      text: "Every change waits until the disk has it.",
    };
  }
  return {
    key,
    state: "consider",
    title: "A power failure may lose the last moments",
    text: "A crash of the app loses nothing. If the power fails, changes of the last moments may be gone; the database itself stays sound.",
    cure: {
      text: "Set DB_DURABILITY=full. Each change then waits for the disk, a few milliseconds on an SSD.",
    },
  };
}
