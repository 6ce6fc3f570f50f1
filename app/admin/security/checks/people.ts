import { countOf } from "../../_parts/count";
import type { SecurityFacts } from "../read-facts";
import type { SecurityCheck } from "./check";

type Admins = SecurityFacts["admins"];

/** Who gets in, and what they have to show. */
export const peopleChecks = ({
  admins,
  selfId,
  install,
  settings,
  canMail,
}: SecurityFacts): SecurityCheck[] => [
  adminFactors(admins, selfId, install.isOnlyThisMachine, settings.second_factor_admins),
  generatedPassword(admins, selfId),
  secondAdmin(admins),
  registration(settings),
  mailServer(canMail, settings.registration),
];

function adminFactors(
  admins: Admins,
  selfId: string,
  isOnlyThisMachine: boolean,
  isRequired: boolean,
): SecurityCheck {
  const key = "admin-factors";
  const without = admins.filter(({ hasFactor }) => !hasFactor);
  if (without.length === 0) {
    return {
      key,
      state: isRequired ? "good" : "consider",
      title: "Every administrator has a second factor",
      text: isRequired
        ? "A stolen password alone opens none of these accounts, and new administrators need one as well."
        : "A stolen password alone opens none of these accounts. Nothing asks the next administrator for one yet.",
      ...(isRequired ? {} : { cure: { text: "Require it of administrators", href: "/admin/settings" } }),
    };
  }
  const isSelf = without.some(({ id }) => id === selfId);
  return {
    key,
    state: isOnlyThisMachine || isRequired ? "consider" : "act",
    title: `${countOf(without.length, "administrator")} without a second factor`,
    text: `${without.map(({ email }) => email).join(", ")}: whoever gets hold of that password runs this install.${isRequired ? " The next sign-in asks for one to be set up." : ""}`,
    cure: isSelf
      ? { text: "Set up your own", href: "/account/security" }
      : { text: "Require it of administrators", href: "/admin/settings" },
  };
}

function generatedPassword(admins: Admins, selfId: string): SecurityCheck {
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

function secondAdmin(admins: Admins): SecurityCheck {
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

function registration({
  registration: by,
  registration_domains: domains,
}: SecurityFacts["settings"]): SecurityCheck {
  const key = "registration";
  if (by !== "open") {
    return {
      key,
      state: "good",
      title: by === "closed" ? "Only administrators make accounts" : "New people come by invitation",
      text: "Nobody gets an account whom nobody here knows.",
    };
  }
  if (domains.length > 0) {
    return {
      key,
      state: "good",
      title: "Only addresses of your domains may register",
      text: `Whoever can read mail at ${domains.join(", ")} may make an account, and nobody else.`,
    };
  }
  return {
    key,
    state: "consider",
    title: "Everybody may register",
    text: "Whoever has any mail address gets an account with the limits of the default plan, and as many as they have addresses.",
    cure: { text: "Name your mail domains", href: "/admin/settings" },
  };
}

function mailServer(canMail: boolean, by: string): SecurityCheck {
  const key = "mail-server";
  if (canMail) {
    return {
      key,
      state: "good",
      title: "Mails are sent",
      text: "People are told when their password, address or second factor changes, and get back in by themselves.",
    };
  }
  const isNeeded = by !== "closed";
  return {
    key,
    state: isNeeded ? "act" : "consider",
    title: "There is no mail server",
    text: isNeeded
      ? "People may register, but the mail that proves their address is only kept here: nobody gets in until an administrator passes it on."
      : "Nobody is told when their password changes, and a forgotten one needs an administrator. The mails are kept to be read here.",
    cure: { text: "Set SMTP_URL. Until then, read the mails", href: "/admin/mail" },
  };
}
