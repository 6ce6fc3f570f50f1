import type { SettingKey } from "@/lib/settings/schema";

export type SettingWords = {
  key: SettingKey;
  /** Of a number. */
  unit?: "hours" | "minutes" | "days" | "attempts" | "keys" | "calls" | "tasks" | "webhooks" | "percent";
  /** Of a choice: what each value means. */
  options?: Readonly<Record<string, string>>;
  protects: string;
  costs: string;
};

export type SettingGroup = { title: string; text: string; settings: readonly SettingWords[] };

export const settingGroups: readonly SettingGroup[] = [
  {
    title: "Who may have an account",
    text: "Administrators can always invite people. Here is who else may make an account, always as a member.",
    settings: [
      {
        key: "registration",
        options: {
          closed: "Administrators only",
          invitation: "Everybody here, by invitation",
          open: "Everybody who can open this address",
        },
        protects: "Protects from strangers who use your models: nobody comes in whom you do not know.",
        costs: "Costs an administrator's time for every new person; an address is always proved by mail.",
      },
      {
        key: "registration_domains",
        protects: "Protects an open registration from everybody outside your own organisation.",
        costs: "Costs those with other addresses an invitation. None named: every address may register.",
      },
    ],
  },
  {
    title: "Second factor",
    text: "A password can be guessed, stolen or used elsewhere. A second factor is something that the person holds: an app on a phone, or a passkey.",
    settings: [
      {
        key: "second_factor_admins",
        protects: "Protects the whole install from one stolen password of an administrator.",
        costs: "Costs each administrator a minute once, and a code or a touch at every sign-in.",
      },
      {
        key: "second_factor_members",
        protects: "Protects the accounts and API keys of members from stolen passwords.",
        costs:
          "Costs each member a minute once; who has none yet is asked to set one up at the next sign-in.",
      },
      {
        key: "step_up_minutes",
        unit: "minutes",
        protects:
          "Protects from somebody at a browser that was left open: keys, passwords, second factors and everything administrators change need a proof that is not older than this.",
        costs: "Costs the password, or the second factor, once more in longer sessions.",
      },
    ],
  },
  {
    title: "Sessions",
    text: "How long somebody stays signed in. A change counts at once, also for those who are signed in now.",
    settings: [
      {
        key: "session_idle_hours",
        unit: "hours",
        protects: "Protects from somebody finding a browser that was left signed in.",
        costs: "Costs a sign-in after every longer break.",
      },
      {
        key: "session_absolute_hours",
        unit: "hours",
        protects: "Limits how long a stolen session could be used, even when it is in use all the time.",
        costs:
          "Costs everybody a sign-in that often. Sessions that are open now keep the end they began with.",
      },
    ],
  },
  {
    title: "Guessing",
    text: "Programs that guess passwords try thousands. These numbers make that hopeless.",
    settings: [
      {
        key: "login_attempts_max",
        unit: "attempts",
        protects: "Protects from guessing: further tries from the same place are refused for a while.",
        costs: "Costs patience where people share one connection, such as an office: they share the number.",
      },
      {
        key: "login_window_minutes",
        unit: "minutes",
        protects: "The longer each one counts, the slower anybody can guess.",
        costs: "Costs somebody who mistyped too often this wait.",
      },
      {
        key: "captcha_after",
        unit: "attempts",
        protects:
          "Protects from guessing from many places at once: the browser has to work for some seconds before each further try.",
        costs: "Costs those seconds, and nobody has to read or click anything. 0 never asks.",
      },
    ],
  },
  {
    title: "Links",
    text: "Invitations and password resets are links that work once. Links made before keep their end.",
    settings: [
      {
        key: "invitation_hours",
        unit: "hours",
        protects: "Protects from an old message being found and opened by somebody else.",
        costs: "Costs a new link for who is slower than that.",
      },
      {
        key: "password_reset_hours",
        unit: "hours",
        protects:
          "A reset link opens an account that is in use, so it should live shorter than an invitation.",
        costs: "Costs a new link for who is slower than that.",
      },
    ],
  },
  {
    title: "A web server in front that signs people in",
    text: "Counts only when PROXY_AUTH_SECRET is set: then a web server of yours may say who somebody is. See docs/proxy-sign-in.md.",
    settings: [
      {
        key: "proxy_unknown_users",
        options: { refuse: "Is refused", create: "Is made a member" },
        protects:
          "Protects from everybody whom that web server lets in, for whatever reason, having an account here.",
        costs: "Costs an administrator an invitation for each new person.",
      },
      {
        key: "proxy_asks_second_factor",
        protects:
          "While this is off, whoever has or needs a second factor signs in on the page here, so that the web server in front is no way around it.",
        costs:
          "Switched on, this install asks nobody who comes that way: only that web server protects them.",
      },
    ],
  },
  {
    title: "Mail",
    text: "What this install writes to people. Without a mail server its mails are kept to be read by administrators.",
    settings: [
      {
        key: "mails_kept_days",
        unit: "days",
        protects: "Protects addresses from lying around longer than they are needed.",
        costs: "Costs the answer to whether an older mail was ever sent.",
      },
    ],
  },
  {
    title: "Programs",
    text: "How much the API takes from programs, whatever plan they belong to. What people may call is in their plans.",
    settings: [
      {
        key: "keys_per_user_max",
        unit: "keys",
        protects: "Protects from heaps of forgotten keys: each one that works could be lost or stolen.",
        costs:
          "Costs somebody with more programs than that a shared key. Keys above the number keep working.",
      },
      {
        key: "anonymous_per_minute",
        unit: "calls",
        protects:
          "Protects from floods and from trying keys out: an address that calls more often is refused for the rest of the minute.",
        costs:
          "Costs patience where many people share one address and sign in at once. Who is signed in is not counted.",
      },
    ],
  },
  {
    title: "Usage numbers",
    text: "Every call is recorded by itself, and added up by hour, day and month. Sums by month stay for good.",
    settings: [
      {
        key: "calls_kept_days",
        unit: "days",
        protects:
          "Protects from a database that grows with every call, and keeps who called when no longer than needed.",
        costs: "Costs the exact list behind an older bill: after that only the sums are left.",
      },
      {
        key: "hours_kept_days",
        unit: "days",
        protects: "Keeps charts of older times quick: there are 24 times as many of these as of days.",
        costs: "Costs the times of day of older usage; its days stay.",
      },
      {
        key: "days_kept_days",
        unit: "days",
        protects: "Keeps the database small over many years.",
        costs: "Costs the single days of older usage; its months stay.",
      },
    ],
  },
  {
    title: "Tasks and webhooks",
    text: "What people let run by itself, and whom this install tells of it.",
    settings: [
      {
        key: "tasks_kept_days",
        unit: "days",
        protects: "Protects the rows and results in them from lying around, and the disk from filling up.",
        costs: "Costs the results of whoever has not downloaded them by then.",
      },
      {
        key: "tasks_per_user_max",
        unit: "tasks",
        protects: "Protects from a program that makes tasks in a loop and fills the disk with their rows.",
        costs: "Costs waiting: one more can be made when one of them is over.",
      },
      {
        key: "webhooks_per_user_max",
        unit: "webhooks",
        protects: "Protects from this install sending the same message to many places.",
        costs: "Costs somebody with more programs than that a program that passes messages on.",
      },
    ],
  },
  {
    title: "Alerts",
    text: "When this install speaks up by itself. Each thing is told once.",
    settings: [
      {
        key: "alert_error_percent",
        unit: "percent",
        protects: "Protects from a model that is broken without anybody noticing.",
        costs: "The lower it is, the more often it speaks of a few unlucky calls.",
      },
      {
        key: "alert_slow_percent",
        unit: "percent",
        protects:
          "Protects from a model that gets slower until its callers give up; 300 is three times as long.",
        costs: "The lower it is, the more often it speaks of a busy hour.",
      },
      {
        key: "alert_disk_free_percent",
        unit: "percent",
        protects: "Protects from a full disk, where nothing can be recorded and so no call is answered.",
        costs: "The higher it is, the earlier it asks for room that is not needed yet.",
      },
    ],
  },
];

/** 168 hours → "7 days"; nothing where it would not help. */
export function inDays(hours: number): string | null {
  if (hours < 48) return null;
  const days = Math.round((hours / 24) * 10) / 10;
  return `${days} days`;
}
