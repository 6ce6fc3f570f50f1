import { z } from "zod";
import { dayMs, hourMs, minuteMs } from "../core/time";

const days = (least: number, most: number) => z.number().int().min(least).max(most);
const hours = (least: number, most: number) => z.number().int().min(least).max(most);

const mailDomain = z
  .string()
  .trim()
  .toLowerCase()
  .max(253)
  .regex(/^([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}$/, "This is not a domain such as example.org.");

/** Every switch of the install with its safe default. The page and the API are made from this. */
export const settings = z.strictObject({
  session_idle_hours: hours(1, 24 * 30).default(24),
  session_absolute_hours: hours(1, 24 * 90).default(24 * 7),
  login_attempts_max: z.number().int().min(3).max(100).default(5),
  login_window_minutes: z
    .number()
    .int()
    .min(1)
    .max(24 * 60)
    .default(15),
  invitation_hours: hours(1, 24 * 30).default(24 * 7),
  password_reset_hours: hours(1, 72).default(24),
  keys_per_user_max: z.number().int().min(1).max(1_000).default(20),
  anonymous_per_minute: z.number().int().min(10).max(1_000_000).default(100),
  calls_kept_days: days(1, 3_650).default(90),
  hours_kept_days: days(7, 3_650).default(400),
  days_kept_days: days(31, 36_500).default(1_100),
  tasks_kept_days: days(1, 3_650).default(30),
  tasks_per_user_max: z.number().int().min(1).max(1_000).default(20),
  webhooks_per_user_max: z.number().int().min(1).max(100).default(5),
  alert_error_percent: z.number().int().min(1).max(100).default(20),
  alert_slow_percent: z.number().int().min(110).max(10_000).default(300),
  alert_disk_free_percent: z.number().int().min(1).max(90).default(10),
  /** closed: only administrators make accounts; invitation: whoever has one may invite; open: everybody. */
  registration: z.enum(["closed", "invitation", "open"]).default("closed"),
  /** Mail domains that may register by themselves; none: all. */
  registration_domains: z.array(mailDomain).max(100).default([]),
  second_factor_admins: z.boolean().default(false),
  second_factor_members: z.boolean().default(false),
  /** Minutes after which a sensitive action asks for a fresh proof. */
  step_up_minutes: z
    .number()
    .int()
    .min(1)
    .max(24 * 60)
    .default(15),
  captcha_after: z.number().int().min(0).max(100).default(3),
  /** Whom the web server in front names and nobody knows: refused, or made a member. */
  proxy_unknown_users: z.enum(["refuse", "create"]).default("refuse"),
  /** The web server in front asks for a second factor itself. */
  proxy_asks_second_factor: z.boolean().default(false),
  mails_kept_days: days(1, 365).default(30),
});

export type Settings = z.infer<typeof settings>;
export type SettingKey = keyof Settings;

export const settingKeys = Object.keys(settings.shape) as SettingKey[];
export const defaultSettings: Settings = settings.parse({});

/** A change names some settings; `null` goes back to the default. */
export const settingsChange = z.strictObject(
  Object.fromEntries(
    settingKeys.map((key) => [key, settings.shape[key].unwrap().nullable().optional()]),
  ) as unknown as { [Key in SettingKey]: z.ZodOptional<z.ZodNullable<z.ZodType<Settings[Key]>>> },
);
export type SettingsChange = z.infer<typeof settingsChange>;

export const settingsView = z.strictObject({ settings, defaults: settings });

export const sessionIdleMs = (values: Settings): number => values.session_idle_hours * hourMs;
export const sessionAbsoluteMs = (values: Settings): number => values.session_absolute_hours * hourMs;
export const stepUpMs = (values: Settings): number => values.step_up_minutes * minuteMs;
export const loginWindowMs = (values: Settings): number => values.login_window_minutes * minuteMs;
/** The longest any session may be configured to live: how long a cookie is worth keeping. */
export const sessionMsMax = 90 * dayMs;

/** May this address register as far as its domain goes? */
export const isWelcomeDomain = (email: string, { registration_domains: domains }: Settings): boolean =>
  domains.length === 0 || domains.includes(email.slice(email.lastIndexOf("@") + 1));
