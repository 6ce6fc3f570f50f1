import { z } from "zod";
import { sessionKinds } from "./domain";

export const sessionView = z.strictObject({
  id: z.string(),
  kind: z.enum(sessionKinds),
  device: z.string(),
  address: z.string(),
  is_current: z.boolean(),
  created_at: z.string(),
  last_seen_at: z.string(),
  expires_at: z.string(),
});

/** A handful per person: one page holds them all. */
export const sessionListView = z.strictObject({ items: z.array(sessionView), next_cursor: z.null() });
