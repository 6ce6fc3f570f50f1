import { beforeEach, describe, expect, test } from "vitest";
import { z } from "zod";
import { moveClock, now } from "@/lib/infra/clock";
import { db } from "@/lib/infra/db/client";
import { changeSettings } from "@/lib/settings/commands";
import { currentSettings, forgetSettings, readSettings } from "@/lib/settings/queries";
import {
  defaultSettings,
  type SettingKey,
  type Settings,
  settingKeys,
  settings,
  settingsChange,
} from "@/lib/settings/schema";
import { makeAdmin, makeUser, type SignedIn, signedIn } from "@/lib/testing/factories";
import { connectApp } from "@/lib/testing/factors";
import { api } from "@/lib/testing/request";

const address = "/api/v1/admin/settings";
type View = { settings: Settings; defaults: Settings };

let admin: SignedIn;
beforeEach(async () => {
  await db().setting.deleteMany();
  forgetSettings();
  admin = await signedIn(await makeAdmin());
  // Who has no second factor cannot ask administrators for one; lib/sign-in tests that.
  await connectApp(admin.user);
});
const patch = (body: unknown) => api<View>("PATCH", address, { as: admin, body });
const change = (values: unknown) => changeSettings(admin.actor, settingsChange.parse(values));
const events = () =>
  db().auditEvent.findMany({ where: { action: "settings.changed" }, orderBy: { position: "desc" } });

test("an install starts with the documented defaults", async () => {
  const { body } = await api<View>("GET", address, { as: admin });
  expect(body).toEqual({ settings: defaultSettings, defaults: defaultSettings });
  expect(defaultSettings).toMatchObject({
    login_attempts_max: 5,
    login_window_minutes: 15,
    session_idle_hours: 24,
    session_absolute_hours: 168,
  });
});

test("a change keeps what it does not name; null goes back to the default", async () => {
  const first = await patch({ session_idle_hours: 2, login_attempts_max: 7 });
  expect(first.body.settings).toEqual({ ...defaultSettings, session_idle_hours: 2, login_attempts_max: 7 });
  const second = await patch({ session_idle_hours: null });
  expect(second.body.settings).toEqual({ ...defaultSettings, login_attempts_max: 7 });
  expect(await db().setting.findMany()).toHaveLength(1);
});

test("the log holds before and after of what really changed, and nothing when nothing did", async () => {
  await patch({ session_idle_hours: 2, login_attempts_max: defaultSettings.login_attempts_max });
  const [event] = await events();
  expect(event).toMatchObject({ objectLabel: "session_idle_hours", actorId: admin.user.id });
  expect(JSON.parse(event?.detail ?? "")).toEqual({ session_idle_hours: { before: 24, after: 2 } });
  const before = (await events()).length;
  await patch({ session_idle_hours: 2 });
  await patch({ password_reset_hours: null });
  await patch({});
  expect((await events()).length).toBe(before);
});

type Sample = { good: unknown[]; bad: unknown[] };

/** What each setting takes, and what it does not, by its kind. */
function samplesOf(key: SettingKey): Sample {
  const shape: z.ZodType = settings.shape[key].unwrap();
  if (shape instanceof z.ZodNumber) {
    const [least, most] = [shape.minValue ?? Number.NaN, shape.maxValue ?? Number.NaN];
    return { good: [least, most], bad: [least - 1, most + 1, least + 0.5, `${least}`, true, [], {}] };
  }
  if (shape instanceof z.ZodEnum) return { good: shape.options, bad: ["", "Open", 0, true, ["open"], {}] };
  if (shape instanceof z.ZodBoolean) return { good: [true, false], bad: ["true", 1, 0, "", [], {}] };
  const many = Array.from({ length: 101 }, (_, index) => `d${index}.example`);
  return {
    good: [["lab.example", "other.example"], []],
    bad: ["lab.example", many, ["nobody@lab.example"], ["lab"], ["*.example"], [".example"], [""], [1], {}],
  };
}

describe.each(settingKeys)("%s", (key) => {
  const { good, bad } = samplesOf(key);
  test("is taken within its bounds and refused beyond them, with a pointer", async () => {
    for (const value of good) expect((await patch({ [key]: value })).body.settings[key]).toEqual(value);
    for (const value of bad) {
      const answer = await api("PATCH", address, { as: admin, body: { [key]: value } });
      expect([value, answer.status]).toEqual([value, 422]);
      expect(answer.body.errors?.[0]?.pointer).toMatch(new RegExp(`^/${key}(/\\d+)?$`));
    }
    expect((await readSettings())[key]).toEqual(good.at(-1));
  });
});

test("a list keeps domains in small letters, and the log shows it before and after", async () => {
  const { body } = await patch({ registration_domains: [" Lab.Example "], registration: "open" });
  expect(body.settings).toMatchObject({ registration_domains: ["lab.example"], registration: "open" });
  const [event] = await events();
  expect(JSON.parse(event?.detail ?? "")).toEqual({
    registration_domains: { before: [], after: ["lab.example"] },
    registration: { before: "closed", after: "open" },
  });
});

test("an unknown setting is a 422", async () => {
  for (const key of ["install.secrets", "toString", "registration_open"])
    expect((await patch({ [key]: 1 })).status).toBe(422);
});

describe("a change takes effect", () => {
  test("at once in this process", async () => {
    expect((await currentSettings()).login_attempts_max).toBe(5);
    await change({ login_attempts_max: 9 });
    expect((await currentSettings()).login_attempts_max).toBe(9);
  });

  // Seen failing: with freshMs set to a minute.
  test("within a second when another process made it", async () => {
    expect((await currentSettings()).login_attempts_max).toBe(5);
    await db().setting.create({ data: { key: "login_attempts_max", value: "9", updatedAt: now() } });
    moveClock(1_001);
    expect((await currentSettings()).login_attempts_max).toBe(9);
  });

  test("and what was stored by an older version with wider bounds counts as absent", async () => {
    await db().setting.create({ data: { key: "login_attempts_max", value: "100000", updatedAt: now() } });
    await db().setting.create({ data: { key: "no_longer_known", value: "1", updatedAt: now() } });
    expect(await readSettings()).toEqual(defaultSettings);
  });
});

test("changes at once are recorded one after the other: each before is the after of the one before", async () => {
  await Promise.all([6, 7, 8, 9, 10].map((value) => change({ login_attempts_max: value })));
  const details = (await events())
    .slice(0, 5)
    .reverse()
    .map(({ detail }) => JSON.parse(detail).login_attempts_max as { before: number; after: number });
  expect(details[0]?.before).toBe(5);
  for (let index = 1; index < details.length; index += 1)
    expect(details[index]?.before).toBe(details[index - 1]?.after);
});

test("only administrators change settings, whoever calls", async () => {
  const { actor } = await signedIn(await makeUser());
  await expect(changeSettings(actor, {} as never)).rejects.toThrow(
    expect.objectContaining({ code: "auth.forbidden" }),
  );
});
