import { z } from "zod";
import { emailAddress } from "../core/text";
import { newPassword } from "../users/schema";

export const credentials = z.object({ email: emailAddress, password: z.string().min(1).max(1_000) });

export const loginBody = z.strictObject(credentials.shape);

export const changePasswordBody = z.strictObject({
  current_password: z.string().min(1).max(1_000),
  new_password: newPassword,
});
