import type { Install } from "@/lib/install/queries";
import type { SecurityFacts } from "../read-facts";
import type { SecurityCheck } from "./check";

/** How people reach this install, and who could come another way. */
export const networkChecks = ({ install, settings }: SecurityFacts): SecurityCheck[] => [
  transport(install),
  ...(install.isBehindProxy ? [proxy(install), exposed(install)] : []),
  ...(install.isProxyTrusted ? [proxySignIn(settings)] : []),
];

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

/** Past the web server, everything that it does (certificates, filters, sign-in) is not done. */
function exposed({ host }: Install): SecurityCheck {
  const key = "exposed";
  if (["127.0.0.1", "localhost", "::1"].includes(host)) {
    return {
      key,
      state: "good",
      title: "Nobody gets past the web server in front",
      text: "The app itself listens on this machine only, so everybody comes through that server.",
    };
  }
  return {
    key,
    state: "consider",
    title: "The app can be reached past the web server in front",
    text: `It listens on ${host === "0.0.0.0" || host === "::" ? "every network of this machine" : host} by plain http. Whoever can connect to that port goes around everything the web server protects from.`,
    cure: {
      text: "If that server runs on the same machine, set HOST=127.0.0.1. Otherwise let only its address in, with a firewall or a network of their own.",
    },
  };
}

function proxySignIn({ proxy_asks_second_factor: asksItself }: SecurityFacts["settings"]): SecurityCheck {
  const key = "proxy-sign-in";
  if (!asksItself) {
    return {
      key,
      state: "good",
      title: "A web server in front signs people in",
      text: "It has to show the secret of PROXY_AUTH_SECRET. Whoever has or needs a second factor signs in here all the same.",
    };
  }
  return {
    key,
    state: "consider",
    title: "Second factors are left to the web server in front",
    text: "Whoever it names comes in without being asked for anything else here, administrators included.",
    cure: { text: "Is that so wanted? Look at the setting", href: "/admin/settings" },
  };
}
