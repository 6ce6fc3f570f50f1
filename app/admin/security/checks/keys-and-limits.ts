import { countOf, formatNumber } from "../../_parts/count";
import type { SecurityFacts } from "../read-facts";
import type { SecurityCheck } from "./check";

/** What programs hold, and how much anybody may call. */
export const limitChecks = ({ keys, unlimited, settings }: SecurityFacts): SecurityCheck[] => [
  apiKeys(keys),
  memberLimits(unlimited),
  strangers(settings.anonymous_per_minute),
];

/** Beyond this it no longer slows anybody down who tries secrets. */
const strangersMax = 1_000;

function apiKeys({ unused, leaked, old }: SecurityFacts["keys"]): SecurityCheck {
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
  if (old > 0) {
    return {
      key,
      state: "consider",
      title: `${countOf(old, "API key")} in use for over a year`,
      text: "The longer a secret is in use, the more copies of it there are, in files, logs and backups. These have no end.",
      cure: { text: "Look at the oldest", href: "/admin/keys?state=live&sort=created_at&order=asc" },
    };
  }
  return {
    key,
    state: "good",
    title: "No forgotten, leaked or very old API keys",
    text: "Every key that works was used lately or is new, ends by itself or is younger than a year, and none waits to be replaced.",
  };
}

function memberLimits(unlimited: SecurityFacts["unlimited"]): SecurityCheck {
  const key = "member-limits";
  const [first] = unlimited;
  if (!first) {
    return {
      key,
      state: "good",
      title: "Every member has limits",
      text: "A program that runs wild, or a stolen key, is stopped by the plan.",
    };
  }
  const members = unlimited.reduce((sum, plan) => sum + plan.members, 0);
  return {
    key,
    state: "consider",
    title: `${countOf(members, "member")} without any limit`,
    text: `The ${unlimited.length === 1 ? "plan" : "plans"} ${unlimited.map(({ name }) => name).join(", ")} bound neither calls nor money: one stolen key can use up the whole machine.`,
    cure: { text: "Look at the plans", href: "/admin/plans" },
  };
}

function strangers(perMinute: number): SecurityCheck {
  const key = "strangers";
  if (perMinute <= strangersMax) {
    return {
      key,
      state: "good",
      title: "Strangers are slowed down",
      text: `An address without a valid key or session gets ${formatNumber(perMinute)} calls in a minute.`,
    };
  }
  return {
    key,
    state: "consider",
    title: "Strangers may call very often",
    text: `${formatNumber(perMinute)} calls in a minute from one address, without a valid key or session, are enough to try secrets out and to keep the machine busy.`,
    cure: { text: "Lower the number", href: "/admin/settings" },
  };
}
