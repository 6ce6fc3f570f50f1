import type { z } from "zod";
import type { userView } from "@/lib/users/schema";

/** What every card of the page is told. */
export type AboutUser = { user: z.infer<typeof userView>; isSelf: boolean };
