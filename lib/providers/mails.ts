import { z } from "zod";
import { env } from "../infra/env";
import type { Writers } from "../mail/domain";
import { findMailAddress } from "../users/commands/make-mailed-link";

const linked = z.object({ title: z.string() });

export const accountLinkedText = (title: string, baseUrl: string) => ({
  subject: `${title} was connected to your account`,
  text: `Hello,

from now on you can sign in through ${title}: it was connected to your account just now.

That was you? Then all is well.

It was not you? Disconnect it at once, change your password, and tell an administrator of this install: ${baseUrl}/account/security
`,
});

export const providerMails: Writers = {
  account_linked: async ({ userId, data }) => {
    const address = userId && (await findMailAddress(userId));
    if (!address) return null;
    return { to: [address], ...accountLinkedText(linked.parse(data).title, env().baseUrl) };
  },
};
