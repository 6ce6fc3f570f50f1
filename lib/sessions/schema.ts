import { z } from "zod";

export const sessionView = z.strictObject({
  id: z.string(),
  device: z.string(),
  address: z.string(),
  is_current: z.boolean(),
  created_at: z.string(),
  last_seen_at: z.string(),
  expires_at: z.string(),
});

/** A handful per person: one page holds them all. */
export const sessionListView = z.strictObject({ items: z.array(sessionView), next_cursor: z.null() });
