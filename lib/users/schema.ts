import { z } from "zod";
import { pageOf, pageQuery } from "../core/page";
import { emailAddress, plainText } from "../core/text";
import { defaultPlan } from "../plans/schema";
import { passwordLengthFault, roles, userStates } from "./domain";

const userName = plainText(100);

/** Only the shape: whether it is a common one is asked where the list is. */
export const newPassword = z.string().superRefine((password, context) => {
  const fault = passwordLengthFault(password);
  if (fault) context.addIssue({ code: "custom", message: fault });
});

/** Whether the link that is shown goes to the person by mail as well. */
const sendMail = z.boolean().optional();
export const sendLinkBody = z.strictObject({ send_mail: sendMail });
export type SendLink = z.infer<typeof sendLinkBody>;

export const createUserBody = z.strictObject({
  email: emailAddress,
  name: userName,
  role: z.enum(roles).default("member"),
  plan: z.string().max(50).default(defaultPlan),
  send_mail: sendMail,
});
export type CreateUser = z.infer<typeof createUserBody>;

export const updateUserBody = z
  .strictObject({
    name: userName.optional(),
    role: z.enum(roles).optional(),
    plan: z.string().max(50).optional(),
    disabled: z.boolean().optional(),
  })
  .refine((change) => Object.keys(change).length > 0, "Name at least one member to change.");
export type UpdateUser = z.infer<typeof updateUserBody>;

export const userSorts = ["created_at", "name", "email", "last_seen_at"] as const;

export const userQuery = z.strictObject({
  ...pageQuery,
  q: z.string().max(200).optional(),
  role: z.enum(roles).optional(),
  plan: z.string().max(50).optional(),
  state: z.enum(userStates).optional(),
  sort: z.enum(userSorts).default("created_at"),
  order: z.enum(["asc", "desc"]).default("desc"),
});
export type UserQuery = z.infer<typeof userQuery>;

/** Longer than any of ours: whatever is pasted here by mistake is told that it is no link. */
const linkSecret = z.string().max(8_000);

/** What a page takes: `/verify` takes all that proves an address. */
export const linkPages = ["invitation", "password_reset", "verification"] as const;
export const inspectLinkBody = z.strictObject({ purpose: z.enum(linkPages), token: linkSecret });
export const acceptInvitationBody = z.strictObject({
  token: linkSecret,
  name: userName.optional(),
  password: newPassword,
});
export type AcceptInvitation = z.infer<typeof acceptInvitationBody>;
/** The proof of work that is asked for after failures. */
const captcha = z.string().max(10_000).optional();
export const registerBody = z.strictObject({ email: emailAddress, name: userName, captcha });
export const confirmRegistrationBody = acceptInvitationBody;
export const forgotBody = z.strictObject({ email: emailAddress, captcha });
export const inviteBody = z.strictObject({ email: emailAddress, name: userName });
export const changeEmailBody = z.strictObject({ email: emailAddress });
export const verifyEmailBody = z.strictObject({ token: linkSecret });

export const resetPasswordBody = z.strictObject({ token: linkSecret, new_password: newPassword });
export const changeOwnBody = z.strictObject({ name: userName });

export const userView = z.strictObject({
  id: z.string(),
  email: z.string(),
  name: z.string(),
  role: z.string(),
  plan: z.string(),
  state: z.enum(userStates),
  created_at: z.string(),
  updated_at: z.string(),
  last_seen_at: z.string().nullable(),
  disabled_at: z.string().nullable(),
  deleted_at: z.string().nullable(),
});
export const userPageView = pageOf(userView);

/** The secret part follows the `#`: browsers never send it, so it is in no server's log. */
export const linkView = z.strictObject({ url: z.string(), expires_at: z.string() });
export const userWithInvitationView = z.strictObject({ user: userView, invitation: linkView });
export const linkInspectionView = z.strictObject({
  purpose: z.enum(["invitation", "password_reset", "registration", "email_proof", "email_change"]),
  email: z.string(),
  name: z.string(),
  expires_at: z.string(),
});

/** What is said of every mail that was asked for, whoever has the address. */
export const askedView = z.strictObject({ message: z.string() });
export const registeredView = z.strictObject({ user: userView });
export const verifiedView = z.strictObject({ email: z.string() });
/** Says nothing of what became of it: that would tell who has an account. */
export const ownInvitationView = z.strictObject({
  email: z.string(),
  name: z.string(),
  created_at: z.string(),
  expires_at: z.string(),
});
export const ownInvitationListView = pageOf(ownInvitationView);
