import { z } from "zod";
import { settingKeys, settings } from "@/lib/settings/schema";
import type { SettingKind, SettingKinds } from "./setting-kinds";

/** From the schema that the API checks with, so that page and API cannot disagree. */
export const readKinds = (): SettingKinds =>
  Object.fromEntries(settingKeys.map((key) => [key, kindOf(settings.shape[key].unwrap())])) as SettingKinds;

function kindOf(shape: z.ZodType): SettingKind {
  if (shape instanceof z.ZodNumber)
    return { kind: "number", least: shape.minValue ?? 0, most: shape.maxValue ?? Number.MAX_SAFE_INTEGER };
  if (shape instanceof z.ZodEnum) return { kind: "choice", values: shape.options.map(String) };
  if (shape instanceof z.ZodBoolean) return { kind: "switch" };
  return { kind: "list" };
}
