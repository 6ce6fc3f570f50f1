import { expect, test } from "vitest";
import { defaultSettings, settingKeys, settings } from "@/lib/settings/schema";
import { readKinds } from "./read-kinds";
import { faultIn, textOf, typedValue } from "./setting-kinds";
import { settingGroups } from "./setting-words";

const kinds = readKinds();

test("every setting has its words on the page once, and words for each of its choices", () => {
  const words = settingGroups.flatMap((group) => group.settings);
  expect(words.map(({ key }) => key).sort()).toEqual([...settingKeys].sort());
  for (const { key, unit, options, protects, costs } of words) {
    const kind = kinds[key];
    expect([key, unit !== undefined]).toEqual([key, kind.kind === "number"]);
    expect([key, Object.keys(options ?? {})]).toEqual([key, kind.kind === "choice" ? kind.values : []]);
    expect(`${protects} ${costs}`).toMatch(/\.$/);
  }
});

test("every default is typed back as itself", () => {
  for (const key of settingKeys) {
    const text = textOf(defaultSettings[key]);
    expect(faultIn(kinds[key], text)).toBeUndefined();
    expect(typedValue(kinds[key], text)).toEqual(defaultSettings[key]);
  }
});

test("domains are taken however they were pasted, once each", () => {
  const typed = " Example.org, @lab.example;\nexample.org\n\n";
  const value = typedValue(kinds.registration_domains, typed);
  expect(value).toEqual(["example.org", "lab.example"]);
  expect(settings.shape.registration_domains.safeParse(value).success).toBe(true);
});

test("a number out of bounds, or none at all, is told before the API is asked", () => {
  for (const text of ["2", "101", "five", "", "-5", "5.5"])
    expect(faultIn(kinds.login_attempts_max, text)).toBeDefined();
  expect(faultIn(kinds.login_attempts_max, " 7 ")).toBeUndefined();
});
