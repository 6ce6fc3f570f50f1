import type { SettingKey } from "@/lib/settings/schema";

export type SettingWords = {
  key: SettingKey;
  label: string;
  unit: "hours" | "minutes" | "attempts" | "keys" | "calls";
  protects: string;
  costs: string;
};

export type SettingGroup = { title: string; text: string; settings: readonly SettingWords[] };

export const settingGroups: readonly SettingGroup[] = [
  {
    title: "Sessions",
    text: "How long somebody stays signed in. A change counts at once, also for those who are signed in now.",
    settings: [
      {
        key: "session_idle_hours",
        label: "End a session that nobody used for",
        unit: "hours",
        protects: "Protects from somebody finding a browser that was left signed in.",
        costs: "Costs a sign-in after every longer break.",
      },
      {
        key: "session_absolute_hours",
        label: "End every session after",
        unit: "hours",
        protects: "Limits how long a stolen session could be used, even when it is in use all the time.",
        costs:
          "Costs everybody a sign-in that often. Sessions that are open now keep the end they began with.",
      },
    ],
  },
  {
    title: "Sign-in protection",
    text: "Programs that guess passwords try thousands. These two numbers make that hopeless.",
    settings: [
      {
        key: "login_attempts_max",
        label: "Wrong passwords before a pause",
        unit: "attempts",
        protects: "Protects from guessing: further tries from the same place are refused for a while.",
        costs: "Costs patience where people share one connection, such as an office: they share the number.",
      },
      {
        key: "login_window_minutes",
        label: "A wrong password counts for",
        unit: "minutes",
        protects: "The longer each one counts, the slower anybody can guess.",
        costs: "Costs somebody who mistyped too often this wait.",
      },
    ],
  },
  {
    title: "Links",
    text: "Invitations and password resets are links that work once. Links made before keep their end.",
    settings: [
      {
        key: "invitation_hours",
        label: "An invitation link works for",
        unit: "hours",
        protects: "Protects from an old message being found and opened by somebody else.",
        costs: "Costs a new link for who is slower than that.",
      },
      {
        key: "password_reset_hours",
        label: "A password reset link works for",
        unit: "hours",
        protects:
          "A reset link opens an account that is in use, so it should live shorter than an invitation.",
        costs: "Costs a new link for who is slower than that.",
      },
    ],
  },
  {
    title: "Programs",
    text: "How much the API takes from programs, whatever plan they belong to. What people may call is in their plans.",
    settings: [
      {
        key: "keys_per_user_max",
        label: "API keys that one person can have",
        unit: "keys",
        protects: "Protects from heaps of forgotten keys: each one that works could be lost or stolen.",
        costs:
          "Costs somebody with more programs than that a shared key. Keys above the number keep working.",
      },
      {
        key: "anonymous_per_minute",
        label: "Calls in a minute without a valid key or session",
        unit: "calls",
        protects:
          "Protects from floods and from trying keys out: an address that calls more often is refused for the rest of the minute.",
        costs:
          "Costs patience where many people share one address and sign in at once. Who is signed in is not counted.",
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
